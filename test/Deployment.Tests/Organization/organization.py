"""Two organizations in moto: deploys the hub and the forwarders with CloudFormation, and plays EventBridge over what is deployed, which
moto does not do across accounts: policies, roles and dead-letter queues count as AWS documents them.

stdin: {"hub": template, "forwarders": {account: template}, "members": [name], "gone": bool, "events": [event]}, stdout:
{"accounts": {name: number}, "hub": [event], "dead": {name: [event]}}. Events and forwarders name their account.
"""

import ast
import json
import sys

import boto3
from moto import mock_aws
from moto.events.models import EventPattern

REGION = "us-east-1"
HUB, STRANGER = "111111111111", "999999999999"
job = json.load(sys.stdin)


def client(service, account):
    sts = boto3.client("sts", region_name=REGION)
    role = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/test", RoleSessionName="test")["Credentials"]
    return boto3.client(service, region_name=REGION, aws_access_key_id=role["AccessKeyId"], aws_secret_access_key=role["SecretAccessKey"],
                        aws_session_token=role["SessionToken"])


def deploy(account, template, name):
    client("cloudformation", account).create_stack(StackName=name, TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_IAM"])


def organization_of(account):
    return client("organizations", account).describe_organization()["Organization"]["Id"]


def role_allows(account, role, action, resource):
    iam, name = client("iam", account), role.split("/")[-1]
    policies = iam.list_role_policies(RoleName=name)["PolicyNames"]
    documents = [iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"] for policy in policies]
    # A policy that CloudFormation made comes back from moto as Python's text of it.
    documents = [ast.literal_eval(document) if isinstance(document, str) else document for document in documents]
    return any(s["Effect"] == "Allow" and s["Action"] == action and s["Resource"] == resource for d in documents for s in d["Statement"])


def bus_accepts(arn, account):
    """Only what the hub's policy says lets another account in; a bus that is gone accepts nothing."""
    events, name = client("events", arn.split(":")[4]), arn.split("/")[-1]
    if name not in [bus["Name"] for bus in events.list_event_buses()["EventBuses"]]:
        return False
    policy = json.loads(events.describe_event_bus(Name=name).get("Policy") or '{"Statement": []}')
    return any(
        s["Effect"] == "Allow" and s["Principal"] == "*" and s["Action"] == "events:PutEvents"
        and s["Condition"]["StringEquals"]["aws:PrincipalOrgID"] == organization_of(account)
        for s in policy["Statement"])


def matching_targets(account, bus, event):
    events = client("events", account)
    for rule in events.list_rules(EventBusName=bus)["Rules"]:
        if EventPattern.load(rule["EventPattern"]).matches_event(event):
            yield from events.list_targets_by_rule(Rule=rule["Name"], EventBusName=bus)["Targets"]


def put(account, queue_arn, event):
    sqs = client("sqs", account)
    sqs.send_message(QueueUrl=sqs.get_queue_url(QueueName=queue_arn.split(":")[-1])["QueueUrl"], MessageBody=json.dumps(event))


def deliver(event):
    account = event["account"]
    for target in matching_targets(account, "default", event):
        bus = target["Arn"]
        if role_allows(account, target["RoleArn"], "events:PutEvents", bus) and bus_accepts(bus, account):
            for final in matching_targets(bus.split(":")[4], bus.split("/")[-1], event):
                put(HUB, final["Arn"], event)
        else:
            put(account, target["DeadLetterConfig"]["Arn"], event)


def messages(account, part):
    sqs = client("sqs", account)
    urls = [url for url in sqs.list_queues().get("QueueUrls", []) if part in url]
    return [json.loads(m["Body"]) for url in urls for m in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])]


with mock_aws():
    organizations = client("organizations", HUB)
    organizations.create_organization(FeatureSet="ALL")
    # moto gives new accounts numbers of its own; these stand for the ones that the job names.
    members = {name: organizations.create_account(Email=f"{name}@example.com", AccountName=name)["CreateAccountStatus"]["AccountId"]
               for name in job["members"]}
    client("organizations", STRANGER).create_organization(FeatureSet="ALL")
    accounts = {**members, "stranger": STRANGER}

    text = json.dumps(job["hub"]).replace("ORGANIZATION", organization_of(HUB))
    hub = json.loads(text)
    policy = hub["Resources"].pop("HubEventBusPolicy")["Properties"]
    # moto's CloudFormation does not know this resource, its API does; and it cannot refer to a bus, so that the bus comes first.
    deploy(HUB, {"Resources": {"HubEventBus": hub["Resources"].pop("HubEventBus")}}, "flashduty-eventbridge")
    hub["Resources"]["HubRule"]["Properties"]["EventBusName"] = "flashduty-eventbridge-hub"
    deploy(HUB, hub, "flashduty-eventbridge-rest")
    bus = client("events", HUB).describe_event_bus(Name="flashduty-eventbridge-hub")
    statement = {**policy["Statement"], "Resource": bus["Arn"]}
    client("events", HUB).put_permission(EventBusName=bus["Name"], Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    for name, template in job["forwarders"].items():
        deploy(accounts[name], template, "flashduty-forwarder")
    if job["gone"]:
        client("events", HUB).delete_event_bus(Name="flashduty-eventbridge-hub")

    for event in job["events"]:
        deliver({**event, "account": accounts[event["account"]]})
    json.dump({
        "accounts": accounts,
        "hub": messages(HUB, "EventQueue"),
        "dead": {name: messages(account, "DeadLetterQueue") for name, account in accounts.items()},
    }, sys.stdout)
