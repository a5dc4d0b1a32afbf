"""What CloudFormation makes of a SAM template: translate.py TEMPLATE. The sets of parameters come as a JSON list on stdin, and the
translated templates go out as one, in that order. No AWS account is asked: the template uses no managed policy."""

import copy
import json
import sys

from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

with open(sys.argv[1], encoding="utf-8") as file:
    template = yaml_parse(file.read())

# What `sam package` puts there.
template["Resources"]["EventBridgeFunction"]["Properties"]["CodeUri"] = "s3://package-bucket/package.zip"

json.dump(
    [Translator({}, Parser()).translate(copy.deepcopy(template), parameters) for parameters in json.load(sys.stdin)],
    sys.stdout,
)
