#!/usr/bin/env python3
"""Writes the rules of presets.json into template.yaml and organization/forwarder.yaml, between their markers.

    make presets            after a change of presets.json
    generate.py --check     fails if a template differs from presets.json

CloudFormation has no way to share a part between templates that StackSets also accept, so each has a copy.
"""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PRESETS = json.loads((ROOT / "organization" / "presets.json").read_text(encoding="utf-8"))

# A math expression of an alarm takes ten metrics, so the rules are watched in three groups.
SECURITY = ["SendsSecurity"]
WORKLOADS = ["SendsData", "SendsWorkloads", "SendsDelivery"]

STACK_TARGET = """\
      Targets:
        - Id: flashduty
          Arn: !If
            - ByApiDestination
            - !GetAtt ApiDestination.Arn
            - !If [ByQueue, !GetAtt EventQueue.Arn, !GetAtt EventBridgeFunction.Arn]
          RoleArn: !If [ByApiDestination, !GetAtt RuleRole.Arn, !Ref AWS::NoValue]
          RetryPolicy: { MaximumEventAgeInSeconds: 86400, MaximumRetryAttempts: 185 }
          DeadLetterConfig: { Arn: !GetAtt DeadLetterQueue.Arn }
"""

FORWARDER_TARGET = """\
      Targets:
        - Id: hub
          Arn: !Ref HubEventBusArn
          RoleArn: !GetAtt ForwarderRole.Arn
          RetryPolicy: { MaximumEventAgeInSeconds: 86400, MaximumRetryAttempts: 185 }
          DeadLetterConfig: { Arn: !GetAtt DeadLetterQueue.Arn }
"""

ACTIONS = """\
      {0}:
        - !If [HasAlarmTopic, !Ref AlarmTopicArn, !Ref AWS::NoValue]
        - !If [HasAlarmEmail, !Ref AlarmTopic, !Ref AWS::NoValue]
"""

ALARM = """\
  {id}:
    Type: AWS::CloudWatch::Alarm
    Condition: {condition}
    Properties:
      AlarmDescription: {description}
      Metrics:
        - {{ Id: all, Expression: {function}(METRICS()), Label: {label} }}
{metrics}      EvaluationPeriods: {periods}
      DatapointsToAlarm: {datapoints}
      Threshold: {threshold}
      ComparisonOperator: GreaterThanThreshold
      TreatMissingData: notBreaching
"""

WATCHED = [
    {
        "name": "Retry", "metric": "RetryInvocationAttempts", "stat": "Sum", "function": "SUM", "label": "Retries",
        "periods": 60, "datapoints": 3, "threshold": 0, "when": None,
        "description": "EventBridge keeps retrying events. The function's log says why, or that they do not arrive there.",
    },
    {
        "name": "Lost", "metric": "InvocationsFailedToBeSentToDlq", "stat": "Sum", "function": "SUM", "label": "Lost events",
        "periods": 15, "datapoints": 1, "threshold": 0, "when": None,
        "description": "EventBridge could not put an event into the dead-letter queue. That event is lost.",
    },
    {
        "name": "Waiting", "metric": "IngestionToInvocationSuccessLatency", "stat": "Maximum", "function": "MAX", "label": "Wait",
        "periods": 5, "datapoints": 2, "threshold": 300000, "when": "ByApiDestination",
        "description": "Events reached the function more than five minutes late. More of them arrive than Flashduty takes.",
    },
]


def dump(node):
    """A list as flow YAML, which JSON also is."""
    return json.dumps(node, ensure_ascii=False)


def yaml(node, indent):
    lines = []
    for name, value in node.items():
        key = json.dumps(name) if name.startswith("$") else name
        if isinstance(value, dict):
            lines += [" " * indent + key + ":", *yaml(value, indent + 2)]
        elif name == "$or":
            lines.append(" " * indent + key + ":")
            for item in value:
                first, *rest = yaml(item, indent + 4)
                lines += [" " * (indent + 2) + "- " + first.strip(), *rest]
        else:
            lines.append(" " * indent + key + ": " + dump(value))
    return lines


def rule(name, preset, condition, target):
    return "\n".join([
        f"  {name}Rule:",
        "    Type: AWS::Events::Rule",
        f"    Condition: {condition}",
        "    Properties:",
        f"      Description: {preset['description']}",
        "      EventPattern:",
        *yaml(preset["pattern"], 8),
    ]) + "\n" + target


def metric(kind, identifier, condition, *dimensions):
    named = ", ".join(f"{{ Name: {key}, Value: {value} }}" for key, value in dimensions)
    lines = f"""\
Id: {identifier}
ReturnData: false
MetricStat:
  Stat: {kind['stat']}
  Period: 60
  Metric:
    Namespace: AWS/Events
    MetricName: {kind['metric']}
    Dimensions: [{named}]
""".splitlines()
    if condition == "TakesSecurity":  # which the whole group has
        return "        - " + "\n          ".join(lines) + "\n"
    return (
        f"        - !If\n          - {condition}\n          - " + "\n            ".join(lines)
        + "\n          - !Ref AWS::NoValue\n"
    )


def of_preset(kind, name):
    return metric(kind, name[0].lower() + name[1:], condition(PRESETS[name]), ("RuleName", f"!Ref {name}Rule"))


def of_bus_rules(kind):
    custom, hub = ("RuleName", "!Sub \"${AWS::StackName}-custom\""), ("RuleName", "!Sub \"${AWS::StackName}-hub\"")
    return (
        metric(kind, "custom", "TakesCustomFromDefaultBus", custom)
        + metric(kind, "customBus", "TakesCustomFromOtherBus", ("EventBusName", "!Ref EventBusName"), custom)
        + metric(kind, "hub", "IsHub", ("EventBusName", "!Ref HubEventBus"), hub)
    )


def condition(preset):
    return preset["switch"].replace("Sends", "Takes")


def alarm(kind, group, condition_name, metrics):
    return ALARM.format(
        id=f"{kind['name']}{group}Alarm",
        condition=condition_name + ("Posted" if kind["when"] else ""),
        metrics=metrics, **{key: kind[key] for key in ("description", "function", "label", "periods", "datapoints", "threshold")},
    ) + ACTIONS.format("AlarmActions") + ACTIONS.format("OKActions")


def alarms():
    for kind in WATCHED:
        general = [name for name, preset in PRESETS.items() if preset["switch"] not in SECURITY + WORKLOADS]
        security = [name for name, preset in PRESETS.items() if preset["switch"] in SECURITY]
        workloads = [name for name, preset in PRESETS.items() if preset["switch"] in WORKLOADS]
        yield alarm(kind, "", "TakesGeneral", "".join(of_preset(kind, name) for name in general) + of_bus_rules(kind))
        yield alarm(kind, "Security", "TakesSecurity", "".join(of_preset(kind, name) for name in security))
        yield alarm(kind, "Workloads", "TakesAnyWorkloads", "".join(of_preset(kind, name) for name in workloads))


def sections(path):
    target = STACK_TARGET if path.name == "template.yaml" else FORWARDER_TARGET
    once = {} if path.name == "template.yaml" else {
        "SendsSecurity": "TakesSecurityHere", "SendsHealth": "TakesHealthHere", "SendsHealthPlanned": "TakesHealthPlannedHere",
        "SendsAccess": "TakesAccessHere",
    }
    yield "rules", "\n".join(
        rule(name, preset, once.get(preset["switch"], condition(preset)), target) for name, preset in PRESETS.items())
    if path.name == "template.yaml":
        yield "alarms of rules", "\n".join(alarms())


def write(path, check):
    old = new = path.read_text(encoding="utf-8")
    for name, text in sections(path):
        begin, end = f"  # Begin: {name}, from organization/presets.json by `make presets`\n", f"  # End: {name}\n"
        head, rest = new.split(begin)
        _, tail = rest.split(end)
        new = head + begin + "\n" + text + "\n" + end + tail
    if old == new:
        return True
    if check:
        print(f"{path.relative_to(ROOT)} differs from organization/presets.json: run make presets", file=sys.stderr)
    else:
        path.write_text(new, encoding="utf-8")
    return not check


checking = sys.argv[1:] == ["--check"]
results = [write(ROOT / name, checking) for name in ("template.yaml", "organization/forwarder.yaml")]
sys.exit(0 if all(results) else 1)
