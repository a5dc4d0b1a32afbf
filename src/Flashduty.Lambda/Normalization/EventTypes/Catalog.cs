namespace Flashduty.Lambda.Normalization.EventTypes;

/// <summary>
/// What is known of event types: a row each, or one for a family of them. The first row that matches counts. See <see cref="CatalogRow"/>
/// for the columns and <see cref="FieldExpression"/> for what stands in them.
/// </summary>
/// <remarks>A switch, so that only the row asked for is ever built. Shapes are from AWS's documentation of each service's events; there is
/// a sample event for each in <c>test/events</c>.</remarks>
internal static class Catalog
{
    /// <returns>Null for a type nobody here has seen.</returns>
    public static CatalogRow? Find(string source, string detailType) => (source, detailType) switch
    {
        // What CloudTrail records comes from every source.
        (_, "AWS API Call via CloudTrail") => Row(
            subject: "{eventName} {requestParameters.*} | eventName", state: $"{{errorCode}} by {Caller} | by {Caller}",
            message: "errorMessage | -", identity: "{eventSource} {eventName} {userIdentity.arn} | eventID",
            facts: "eventName, errorCode, errorMessage, userIdentity.arn, userIdentity.type, sourceIPAddress, userAgent, "
                + "eventSource, readOnly",
            console: CloudTrailEvent),
        (_, "AWS Console Sign In via CloudTrail") => Row(
            subject: "{eventName} {userIdentity.userName|userIdentity.arn|userIdentity.type} | eventName",
            state: "{responseElements.ConsoleLogin|responseElements.SwitchRole} from {sourceIPAddress} | errorMessage | -",
            message: "errorMessage | -", identity: "{eventName} {userIdentity.arn} | {eventName} {userIdentity.principalId}",
            facts: "userIdentity.type, userIdentity.userName, userIdentity.arn, responseElements.ConsoleLogin, errorMessage, "
                + "additionalEventData.MFAUsed, sourceIPAddress, userAgent",
            console: CloudTrailEvent),
        (_, "AWS Service Event via CloudTrail") => Row(
            subject: "{eventName} {additionalEventData.SecretId} | {eventName} {serviceEventDetails.keyId} | eventName",
            state: "errorCode | serviceEventDetails.createManagedAccountStatus.state | "
                + "serviceEventDetails.updateManagedAccountStatus.state | -",
            identity: "{eventSource} {eventName} {additionalEventData.SecretId} | @resource | eventID",
            facts: "eventName, errorCode, errorMessage, additionalEventData.SecretId, eventSource", console: CloudTrailEvent),
        (_, "AWS Insight via CloudTrail") => Row(
            subject: "{insightDetails.eventSource} {insightDetails.eventName}",
            state: "{insightDetails.insightType} {insightDetails.state}", message: "-",
            identity: "{insightDetails.eventSource} {insightDetails.eventName}",
            facts: "insightDetails.insightType, insightDetails.state, insightDetails.eventSource, insightDetails.eventName, "
                + "insightDetails.insightContext.statistics.insight.average, insightDetails.insightContext.statistics.baseline.average"),

        // Monitoring
        ("aws.cloudwatch", "CloudWatch Alarm State Change") => Row(
            subject: "alarmName", state: "state.value", message: "state.reason",
            facts: "configuration.description, previousState.value, configuration.alarmRule, state.actionsSuppressedBy, "
                + "configuration.metrics[0].metricStat.metric.namespace, configuration.metrics[0].metricStat.metric.name, "
                + "configuration.metrics[0].metricStat.metric.dimensions.InstanceId, state.timestamp"),
        ("aws.cloudwatch", "CloudWatch Alarm Configuration Change") => Row(
            subject: "alarmName", state: "operation", message: "-",
            facts: "operation, state.value, configuration.description, configuration.alarmRule"),
        ("aws.health", _) => Row(
            subject: "{eventTypeCode} {affectedEntities[0].entityValue} | eventTypeCode", state: "statusCode",
            message: "eventDescription[language=en_US].latestDescription | eventDescription[0].latestDescription", identity: "eventArn",
            facts: "service, eventTypeCategory, eventScopeCode, statusCode, startTime, endTime, affectedEntities[].entityValue, "
                + "affectedAccount, eventRegion, eventArn",
            console: "health/home?region={@region}#/account/dashboard/open-issues"),
        ("aws.trustedadvisor", _) => Row(
            subject: "{check-name} {resource_id} | {check-name} {check-item-detail.Resource} | check-name", state: "status",
            message: "check-item-detail.Reason | -", identity: "{check-name} {resource_id} | {check-name} {uuid}",
            facts: "check-name, status, resource_id, check-item-detail.Region/AZ, uuid",
            console: "trustedadvisor/home?region={@region}#/dashboard"),
        ("aws.synthetics", _) => Row(
            subject: "canary-name", state: "test-run-status | changed-config.status.current-value | current-state", message: "message",
            identity: "canary-id | canary-name",
            facts: "canary-name, test-run-status, state-reason, message, canary-run-id, artifact-location"),

        // Compute
        ("aws.ec2", "EC2 Instance State-change Notification") => Row(
            subject: "instance-id", state: "state", message: "-", facts: "instance-id, state"),
        ("aws.ec2", "EC2 Spot Instance Interruption Warning") => Row(
            subject: "instance-id", state: "{instance-action} in two minutes", message: "-", facts: "instance-id, instance-action"),
        ("aws.ec2", "EC2 Instance Rebalance Recommendation") => Row(
            subject: "instance-id", state: "-", message: "-", facts: "instance-id"),
        ("aws.ec2", "EBS Volume Notification") => Row(
            subject: "@resource:volume", state: "{event} {result}", message: "cause | -", facts: "event, result, cause, request-id"),
        ("aws.ec2", "EBS Snapshot Notification") or ("aws.ec2", "EBS Multi-Volume Snapshots Completion Status") => Row(
            subject: "snapshot_id | @resource:snapshot | snapshots[0].snapshot_id", state: "{event} {result}", message: "cause | -",
            facts: "event, result, cause, snapshot_id, source, startTime, endTime, incremental"),
        ("aws.ec2", "EBS Fast Snapshot Restore State-change Notification") => Row(
            subject: "{snapshot-id} in {zone}", state: "state", message: "message", facts: "snapshot-id, state, zone, message"),
        ("aws.ec2", "EC2 AMI State Change") => Row(
            subject: "ImageId", state: "State", message: "ErrorMessage | -", facts: "ImageId, State, ErrorMessage"),
        ("aws.autoscaling", _) => Row(
            subject: "{AutoScalingGroupName} {EC2InstanceId} | AutoScalingGroupName",
            state: "StatusCode | LifecycleTransition | Status | -", message: "StatusMessage | Cause | -",
            identity: "@resource:autoScalingGroup | AutoScalingGroupName",
            facts: "AutoScalingGroupName, EC2InstanceId, StatusCode, StatusMessage, Cause, LifecycleHookName, LifecycleTransition, "
                + "Details.Availability Zone, Details.Subnet ID, InstanceRefreshId",
            console: "ec2/home?region={@region}#AutoScalingGroupDetails:id={AutoScalingGroupName};view=activity"),
        ("aws.lambda", _) or ("lambda", _) => Row(
            subject: "requestContext.functionArn | @resource",
            state: "{responsePayload.errorType} ({requestContext.condition}) | "
                + "{responseContext.functionError} ({requestContext.condition}) | requestContext.condition",
            message: "responsePayload.errorMessage", identity: "requestContext.functionArn | @resource",
            facts: "requestContext.condition, requestContext.approximateInvokeCount, responseContext.functionError, "
                + "responseContext.statusCode, responsePayload.errorType, requestContext.requestId"),
        ("aws.batch", "Batch Job State Change") => Row(
            subject: "jobName", state: "status", message: "statusReason | container.reason", identity: "jobArn | jobId",
            facts: "jobName, status, statusReason, container.exitCode, container.reason, jobQueue, jobDefinition, jobId, "
                + "container.logStreamName",
            console: "batch/home?region={@region}#jobs/detail/{jobId}"),
        ("aws.batch", "Batch Job Queue Blocked") => Row(
            subject: "jobQueue | @resource:job-queue", state: "blocked by {jobName} | status", message: "statusReason",
            facts: "jobName, jobId, jobQueue, statusReason"),

        // Containers
        ("aws.ecs", "ECS Task State Change") => Row(
            subject: "{group} {taskArn} | taskArn", state: "{lastStatus} ({stopCode}) | lastStatus",
            message: "stoppedReason | containers[0].reason | -", identity: "{clusterArn} {group} | taskArn",
            facts: "group, lastStatus, desiredStatus, stopCode, stoppedReason, containers[0].name, containers[0].exitCode, "
                + "containers[0].reason, clusterArn, launchType, taskDefinitionArn, availabilityZone"),
        ("aws.ecs", "ECS Container Instance State Change") => Row(
            subject: "{ec2InstanceId} in {clusterArn} | containerInstanceArn", state: "status", message: "statusReason | -",
            identity: "containerInstanceArn",
            facts: "ec2InstanceId, status, agentConnected, clusterArn, runningTasksCount, pendingTasksCount"),
        ("aws.ecs", "ECS Service Action") => Row(
            subject: "@resource", state: "eventName", message: "reason | -",
            facts: "eventName, eventType, reason, clusterArn, desiredCount, capacityProviderArns, containerPort"),
        ("aws.ecs", "ECS Deployment State Change") => Row(
            subject: "@resource", state: "eventName", message: "reason", facts: "eventName, eventType, reason, deploymentId"),
        ("aws.eks", _) => Row(
            subject: "{clusterName}/{addonName} | {cluster-name}/{addon-name} | {clusterName}/{podName} | {clusterName} | clusterArn",
            message: "message | statusReason", identity: "addonArn | @resource | clusterName",
            facts: "clusterName, addonName, addonVersion, status, health.issues[0].code, health.issues[0].message, podName, "
                + "namespace, fargateProfileName"),
        ("aws.ecr", "ECR Image Scan") => Row(
            subject: "{repository-name}:{image-tags} | {repository-name}@{image-digest} | repository-name",
            state: "{scan-status}, {finding-severity-counts.CRITICAL} critical | scan-status", message: "-",
            identity: "{repository-name} {image-digest}",
            facts: "repository-name, image-tags, scan-status, finding-severity-counts.CRITICAL, finding-severity-counts.HIGH, "
                + "finding-severity-counts.MEDIUM, image-digest",
            console: "ecr/repositories/private/{@account}/{repository-name}?region={@region}"),
        ("aws.ecr", _) => Row(
            subject: "{repository-name}:{image-tag} | {repository-name}:{image-tags} | {repository-name}@{image-digest} | "
                + "repository-name | ecr-repository-prefix",
            state: "{action-type} {result} | {scan-status} | sync-status | {action-type}", message: "failure-reason | -",
            facts: "repository-name, image-tag, action-type, result, sync-status, failure-code, failure-reason, image-digest",
            console: "ecr/repositories/private/{@account}/{repository-name}?region={@region}"),

        // Databases and search
        ("aws.rds", _) => Row(
            subject: "SourceIdentifier", state: "Message | EventCategories", message: "Message", identity: "SourceArn",
            facts: "EventCategories, SourceType, EventID, SourceArn"),
        ("aws.elasticache", _) => Row(
            subject: "SourceIdentifier | SourceArn | @resource", state: "Message | EventCategories", message: "Message",
            identity: "SourceArn | @resource", facts: "EventCategories, SourceType, EventID, SourceArn"),
        ("aws.redshift-data", _) => Row(
            subject: "statementName | statementId", state: "state", message: "error | -", identity: "statementName | statementId",
            facts: "statementName, state, error, rows, clusterId, workgroupName, redshiftQueryId, principal"),
        ("aws.dms", _) => Row(
            subject: "@resource", state: "eventType", message: "detailMessage",
            facts: "eventType, detailMessage, category, type, eventId, resourceLink"),
        ("aws.es", _) => Row(
            subject: "@resource", state: "{event} {status} | event", message: "description", facts: "event, status, severity, description"),

        // Storage and transfer
        ("aws.s3", _) => Row(
            subject: "{bucket.name}/{object.key} | bucket.name", state: "reason | destination-access-tier | destination-storage-class | -",
            message: "-", identity: "{bucket.name}/{object.key} | bucket.name",
            facts: "bucket.name, object.key, object.size, reason, deletion-type, requester, source-ip-address, "
                + "restore-expiry-time, destination-storage-class, object.version-id",
            console: "s3/object/{bucket.name}?region={@region}&prefix={object.key}"),
        ("aws.backup", _) => Row(
            subject: "{resourceType} {resourceArn} | resourceArn | createdResourceArn | resourceName | backupVaultName | @resource",
            state: "state | status | messageCategory | changeType", message: "statusMessage | -",
            identity: "resourceArn | backupJobId | copyJobId | restoreJobId | @resource",
            facts: "state, status, statusMessage, resourceType, resourceArn, backupVaultName, destinationBackupVaultArn, "
                + "createdResourceArn, backupJobId, copyJobId, restoreJobId, percentDone",
            console: "backup/home?region={@region}#/jobs/backup/details/{backupJobId}"),
        ("aws.transfer", _) => Row(
            subject: "{server-id} {file-path} | {server-id} {directory-path} | {connector-id} {file-path} | connector-id | "
                + "agreement-id | server-id",
            state: "{status-code} | {failure-code}", message: "failure-message | -",
            facts: "status-code, failure-code, failure-message, username, file-path, server-id, connector-id, client-ip, bytes, "
                + "workflow-id"),
        ("aws.datasync", _) => Row(subject: "@resource", state: "State", facts: "State"),

        // Deployment
        ("aws.cloudformation", "CloudFormation Drift Detection Status Change") => Row(
            subject: "stack-id", state: "status-details.stack-drift-status | status-details.detection-status", message: "-",
            identity: "stack-id",
            facts: "stack-id, status-details.stack-drift-status, status-details.detection-status, "
                + "drift-detection-details.drifted-stack-resource-count"),
        ("aws.cloudformation", "CloudFormation Resource Status Change") => Row(
            subject: "{stack-id}/{logical-resource-id}", state: "status-details.status", message: "status-details.status-reason | -",
            identity: "{stack-id} {logical-resource-id}",
            facts: "logical-resource-id, physical-resource-id, resource-type, status-details.status, status-details.status-reason, "
                + "stack-id"),
        ("aws.cloudformation", _) => Row(
            subject: "stack-id | stack-set-arn | @resource", state: "status-details.status | status-details.stack-set-status",
            message: "status-details.status-reason | -", identity: "stack-id | stack-set-arn",
            facts: "stack-id, status-details.status, status-details.status-reason"),
        ("aws.codebuild", _) => Row(
            subject: "{project-name} #{additional-information.build-number} | project-name",
            state: "build-status | {completed-phase} {completed-phase-status} | completed-phase",
            message: "additional-information.phases[phase-status=FAILED].phase-context | -", identity: "project-name | @resource",
            facts: "project-name, build-status, current-phase, current-phase-context, completed-phase, completed-phase-status, "
                + "completed-phase-context, additional-information.initiator, additional-information.logs.deep-link"),
        ("aws.codecommit", "CodeCommit Pull Request State Change") or ("aws.codecommit", "CodeCommit PullRequest State Change") => Row(
            subject: "{repositoryNames} #{pullRequestId} {title} | {repositoryNames} #{pullRequestId}", state: "pullRequestStatus | event",
            message: "notificationBody", identity: "{repositoryNames} {pullRequestId}",
            facts: "title, event, pullRequestStatus, isMerged, author, sourceReference, destinationReference, callerUserArn",
            console: "codesuite/codecommit/repositories/{repositoryNames}/pull-requests/{pullRequestId}?region={@region}"),
        ("aws.codecommit", _) => Row(
            subject: "{repositoryName} {referenceName} | repositoryName | repositoryId | @resource", state: "event",
            message: "notificationBody | -",
            facts: "event, repositoryName, referenceType, referenceName, commitId, oldCommitId, callerUserArn"),
        ("aws.codedeploy", _) => Row(
            subject: "{application}/{deploymentGroup} {instanceId} | {application}/{deploymentGroup} {deploymentId} | deploymentId",
            state: "state", message: "-", identity: "{application} {deploymentGroup} {instanceId} | {application} {deploymentGroup}",
            facts: "application, deploymentGroup, deploymentId, state, instanceId, instanceGroupId",
            console: "codesuite/codedeploy/deployments/{deploymentId}?region={@region}"),
        ("aws.codepipeline", _) => Row(
            subject: "{pipeline} {stage}/{action} | {pipeline} {stage} | pipeline", state: "state",
            message: "execution-result.external-execution-summary | -",
            identity: "{pipeline} {stage} {action} | {pipeline} {stage} | pipeline",
            facts: "pipeline, stage, action, state, execution-result.external-execution-summary, "
                + "execution-result.external-execution-url, execution-result.error-code, type.provider, execution-id",
            console: "codesuite/codepipeline/pipelines/{pipeline}/view?region={@region}"),

        // Workflows and data
        ("aws.states", _) => Row(
            subject: "{stateMachineArn} {name} | executionArn | name", state: "status", message: "cause | error | -",
            identity: "stateMachineArn", facts: "status, error, cause, stateMachineArn, name, input"),
        ("aws.glue", "Glue Data Catalog Table State Change") => Row(
            subject: "{databaseName}.{tableName}", state: "typeOfChange", message: "-",
            facts: "typeOfChange, databaseName, tableName, changedPartitions"),
        ("aws.glue", "Glue Data Catalog Database State Change") => Row(
            subject: "databaseName", state: "{typeOfChange} {changedTables} | typeOfChange", message: "-",
            facts: "typeOfChange, databaseName, changedTables"),
        ("aws.glue", _) => Row(
            subject: "jobName | crawlerName | context.jobName | {context.databaseName}.{context.tableName} | context.runId",
            state: "state | score", message: "errorMessage | message",
            identity: "jobName | crawlerName | {context.databaseName}.{context.tableName} | context.jobName",
            facts: "jobName, crawlerName, state, severity, message, errorMessage, jobRunId, rulesetNames, score, numRulesFailed, "
                + "numRulesSucceeded, notificationCondition.NotifyDelayAfter",
            console: "gluestudio/home?region={@region}#/job/{jobName}/run/{jobRunId} | "
                + "glue/home?region={@region}#/v2/data-catalog/crawlers/view/{crawlerName}"),
        ("aws.emr", "EMR Step Status Change") => Row(
            subject: "{name} ({stepId}) in {clusterId}", state: "state", message: "message", identity: "{clusterId} {stepId}",
            facts: "name, state, severity, actionOnFailure, stepId, clusterId", console: EmrCluster),
        ("aws.emr", _) => Row(
            subject: "{name} ({clusterId}) | {clusterId} {resourceId} | {clusterId} {instanceGroupId} | "
                + "{clusterId} {instanceFleetId} | clusterId | virtualClusterId",
            state: "state", message: "message", identity: "{clusterId} {resourceId} | {clusterId} {instanceGroupId} | clusterId",
            facts: "name, state, severity, stateChangeReason, clusterId, resourceId, scalingResourceType", console: EmrCluster),
        ("aws.sagemaker", _) => Row(
            subject: "TrainingJobName | TransformJobName | ProcessingJobName | HyperParameterTuningJobName | LabelingJobName | "
                + "EndpointName | NotebookInstanceName | ModelPackageName | {pipelineArn} {currentStepStatus} | pipelineArn",
            state: "TrainingJobStatus | TransformJobStatus | ProcessingJobStatus | HyperParameterTuningJobStatus | "
                + "LabelingJobStatus | EndpointStatus | NotebookInstanceStatus | ModelApprovalStatus | currentPipelineExecutionStatus | "
                + "currentStepStatus",
            message: "FailureReason | failureReason | ExitMessage | -",
            facts: "TrainingJobStatus, SecondaryStatus, FailureReason, EndpointStatus, TransformJobStatus, ProcessingJobStatus, "
                + "ExitMessage, currentPipelineExecutionStatus, previousPipelineExecutionStatus, TrainingJobArn"),

        // Media
        ("aws.medialive", _) => Row(
            subject: "{channel_arn} pipeline {pipeline} | channel_arn | @resource", state: "{alert_type} {alarm_state} | state",
            message: "message", identity: "{channel_arn} {alarm_id} | channel_arn",
            facts: "state, alert_type, alarm_state, message, pipeline, pipelines_running_count, channel_arn"),
        ("aws.mediaconvert", _) => Row(
            subject: "jobId", state: "{status} {errorCode} | status", message: "errorMessage | -", identity: "jobId",
            facts: "status, errorCode, errorMessage, queue, jobId, warnings[0].code",
            console: "mediaconvert/home?region={@region}#/jobs/summary/{jobId}"),

        // Operations
        ("aws.ssm", "EC2 Automation Execution Status-change Notification") => Row(
            subject: "{Definition} {ExecutionId}", state: "Status", message: "-",
            facts: "Definition, Status, ExecutionId, ExecutedBy, StartTime, EndTime"),
        ("aws.ssm", "EC2 Automation Step Status-change Notification") => Row(
            subject: "{Definition} {StepName}", state: "Status", message: "-", facts: "Definition, StepName, Action, Status, ExecutionId"),
        ("aws.ssm", "EC2 Command Invocation Status-change Notification") => Row(
            subject: "{document-name} on {instance-id}", state: "status", message: "-", identity: "{document-name} {instance-id}",
            facts: "document-name, instance-id, status, command-id, requested-date-time", console: RunCommand),
        ("aws.ssm", "EC2 Command Status-change Notification") => Row(
            subject: "{document-name} {command-id}", state: "status", message: "-",
            facts: "document-name, status, command-id, requested-date-time", console: RunCommand),
        ("aws.ssm", "Configuration Compliance State Change") => Row(
            subject: "{resource-id} {compliance-type} | resource-id", state: "compliance-status", message: "-",
            identity: "{resource-type} {resource-id} {compliance-type}",
            facts: "compliance-status, compliance-type, resource-type, resource-id, patch-baseline-id, last-runtime"),
        ("aws.ssm", "OpsItem Create") or ("aws.ssm", "OpsItem Update") => Row(
            headline: "{@type}: {title} | -", subject: "title | ops-item-id", state: "status", message: "description",
            identity: "ops-item-id | @resource", facts: "ops-item-id, status, severity, priority, category, source"),
        ("aws.ssm", "Parameter Store Change") or ("aws.ssm", "Parameter Store Policy Action") => Row(
            subject: "name | parameter-name", state: "{operation} | {policy-type} {action-status} | action-status",
            message: "action-reason | description | -", identity: "@resource | name",
            facts: "name, operation, type, description, policy-type, action-status, action-reason"),
        ("aws.ssm", "Maintenance Window Target Registration Notification") => Row(
            subject: "{window-id} {window-target-id}", state: "status", message: "-", identity: "{window-id} {window-target-id}",
            facts: "window-id, window-target-id, status"),
        ("aws.ssm", _) => Row(
            subject: "association-name | {window-id} {window-target-id} | {window-id} {window-task-id} | window-id",
            state: "status | state", message: "status-details | -",
            identity: "association-id | {window-id} {window-task-id} | window-id | @resource",
            facts: "status, state, window-id, window-execution-id, task-execution-id, window-target-id, association-id, "
                + "association-name, instance-id, document-name, detailed-status, owner-information"),
        ("aws.config", "Config Rules Compliance Change") => Row(
            subject: "{configRuleName} {resourceId}", state: "newEvaluationResult.complianceType",
            message: "newEvaluationResult.annotation | -", identity: "{configRuleARN} {resourceId} | {configRuleName} {resourceId}",
            facts: "configRuleName, resourceType, resourceId, newEvaluationResult.complianceType, "
                + "oldEvaluationResult.complianceType, newEvaluationResult.annotation, awsRegion",
            console: "config/home?region={@region}#/rules/details?configRuleName={configRuleName}"),
        ("aws.config", _) => Row(
            subject: "configurationItem.resourceName | configurationItem.resourceId | resourceId | configRuleNames | s3ObjectKey | "
                + "@resource",
            state: "configurationItemDiff.changeType | messageType", message: "-",
            identity: "configurationItem.ARN | {configurationItem.resourceType} {configurationItem.resourceId} | configRuleNames",
            facts: "messageType, configurationItem.resourceType, configurationItem.resourceId, configurationItemDiff.changeType, "
                + "configurationItem.configurationItemStatus, s3Bucket, s3ObjectKey"),
        ("aws.tag", _) => Row(
            subject: "@resource", state: "changed {changed-tag-keys}", message: "-",
            facts: "changed-tag-keys, service, resource-type, version"),
        ("aws.events", "Scheduled Event") => Row(subject: "@resource", state: "-", message: "-"),
        ("aws.scheduler", _) => Row(subject: "@resource", state: "-"),

        // Security
        ("aws.guardduty", "GuardDuty Finding") => Row(
            headline: "title", subject: "{type} {resource.instanceDetails.instanceId} | type", state: "severity", message: "description",
            identity: "arn | id",
            facts: "severity, type, accountId, region, resource.resourceType, resource.instanceDetails.instanceId, "
                + "resource.accessKeyDetails.userName, resource.s3BucketDetails[0].name, resource.eksClusterDetails.name, service.count, "
                + "service.action.actionType, service.archived, id",
            console: "guardduty/home?region={@region}#/findings?macros=current&fId={id}"),
        ("aws.guardduty", "GuardDuty Malware Protection Object Scan Result") => Row(
            subject: "{s3ObjectDetails.bucketName}/{s3ObjectDetails.objectKey}",
            state: "{scanResultDetails.scanResultStatus} {scanResultDetails.threats[0].name} | "
                + "scanResultDetails.scanResultStatus | scanStatus",
            message: "-", identity: "{s3ObjectDetails.bucketName}/{s3ObjectDetails.objectKey}",
            facts: "scanStatus, scanResultDetails.scanResultStatus, scanResultDetails.threats[0].name, s3ObjectDetails.bucketName, "
                + "s3ObjectDetails.objectKey, s3ObjectDetails.versionId, resourceType"),
        ("aws.securityhub", "Security Hub Insight Results") => Row(
            headline: "{@type}: {actionName} {insightName}", subject: "insightName", state: "resultType", message: "actionDescription",
            identity: "insightArn", facts: "actionName, insightName, resultType, numberOfResults, insightArn"),
        ("aws.securityhub", _) => Row(
            headline: "findings[0].Title | findings[0].finding_info.title",
            subject: "findings[0].Resources[0].Id | findings[0].resources[0].uid",
            state: "findings[0].Severity.Label | findings[0].severity", message: "findings[0].Description | findings[0].finding_info.desc",
            identity: "findings[].Id | findings[].metadata.uid",
            facts: "findings[0].Severity.Label, findings[0].Resources[0].Id, findings[0].Resources[0].Type, "
                + "findings[0].Compliance.Status, findings[0].Workflow.Status, findings[0].RecordState, findings[0].ProductName, "
                + "findings[0].AwsAccountId, findings[0].Remediation.Recommendation.Url, findings[0].Id, actionName",
            console: "securityhub/home?region={@region}#/findings"),
        ("aws.inspector2", "Inspector2 Finding") => Row(
            headline: "title", subject: "resources[0].id", state: "severity", message: "description", identity: "findingArn",
            facts: "severity, type, status, resources[0].type, resources[0].id, inspectorScore, "
                + "packageVulnerabilityDetails.vulnerabilityId, packageVulnerabilityDetails.vulnerablePackages[0].name, "
                + "packageVulnerabilityDetails.vulnerablePackages[0].version, fixAvailable, findingArn",
            console: "inspector/v2/home?region={@region}#/findings"),
        ("aws.inspector2", _) => Row(
            subject: "{repository-name}:{image-tags} | repository-name | @resource",
            state: "{scan-status}, {finding-severity-counts.CRITICAL} critical | scan-status | scanStatus.statusCodeValue | eventName",
            message: "scanStatus.reason | -",
            facts: "scan-status, repository-name, image-tags, finding-severity-counts.CRITICAL, finding-severity-counts.HIGH, "
                + "finding-severity-counts.TOTAL, instance-id"),
        ("aws.inspector", _) => Row(
            headline: "title | -", subject: "finding | template | run | @resource", state: "event | severity | state",
            message: "description | message", identity: "finding | run | @resource",
            facts: "event, severity, title, target, template, run, finding"),
        ("aws.macie", "Macie Finding") => Row(
            headline: "{title}: {resourcesAffected.s3Bucket.name} | title",
            subject: "{resourcesAffected.s3Bucket.name}/{resourcesAffected.s3Object.key} | resourcesAffected.s3Bucket.name",
            state: "severity.description", message: "description", identity: "id",
            facts: "severity.description, type, resourcesAffected.s3Bucket.name, resourcesAffected.s3Object.key, category, count, "
                + "archived, id",
            console: "macie/home?region={@region}#findings?search=id%3D{id}"),
        ("aws.macie", _) => Row(
            subject: "name", state: "notification-type", message: "summary.Description | trigger.description",
            identity: "alert-arn | @resource", facts: "notification-type, risk-score, trigger.alert-type, trigger.risk, actor, url, tags"),
        ("aws.access-analyzer", _) => Row(
            subject: "resource | id | accessPreviewId", state: "{findingType} {status} | status", message: "error | -",
            identity: "{accountId} {id|findingId} | id | findingId",
            facts: "resource, resourceType, findingType, status, isPublic, principal.AWS, action, condition, "
                + "numberOfUnusedActions, numberOfUnusedServices, id",
            console: "access-analyzer/home?region={@region}#/findings"),
        ("aws.kms", _) => Row(subject: "key-id | @resource", state: "status | -", message: "-", facts: "key-id"),
        ("aws.acm", _) => Row(
            subject: "CommonName | DomainName | @resource", state: "in {DaysToExpiry} days | RenewalStatusReason | Action | -",
            message: "RenewalStatusReason | -",
            facts: "CommonName, DaysToExpiry, CertificateType, Action, DomainValidationMethod, RenewalStatusReason, InUse, Exported"),

        // Money
        ("aws.ce", _) => Row(
            subject: "{monitorName} {rootCauses[0].service} | {dimensionalValue} | monitorName | monitorArn",
            state: "{impact.totalImpact} USD over plan", message: "-", identity: "anomalyId",
            facts: "impact.totalImpact, impact.maxImpact, impact.totalActualSpend, impact.totalExpectedSpend, "
                + "rootCauses[0].service, rootCauses[0].region, rootCauses[0].linkedAccount, rootCauses[0].usageType, anomalyStartDate, "
                + "anomalyEndDate, anomalyId, anomalyDetailsLink, monitorName",
            console: "cost-management/home?region={@region}#/anomaly-detection/monitors"),

        _ => null,
    };

    private const string Caller = "{userIdentity.userName|userIdentity.arn|userIdentity.invokedBy|userIdentity.principalId|userIdentity.type}";

    private const string CloudTrailEvent = "cloudtrailv2/home?region={@region}#/events/{eventID}";
    private const string EmrCluster = "emr/home?region={@region}#/clusterDetails/{clusterId}";
    private const string RunCommand = "systems-manager/run-command/{command-id}?region={@region}";

    private static CatalogRow Row(
        string? headline = null,
        string? subject = null,
        string? state = null,
        string? message = null,
        string? identity = null,
        string? facts = null,
        string? console = null) => new(headline, subject, state, message, identity, facts, console);
}
