"""What CloudFormation makes of SAM templates: a JSON list of {"template": path, "parameters": {…}} on stdin, a list of the translated
templates on stdout, in that order. No AWS account is asked: the templates use no managed policy."""

import copy
import json
import sys

from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

templates = {}


def load(path):
    if path not in templates:
        with open(path, encoding="utf-8") as file:
            templates[path] = yaml_parse(file.read())
        if "Transform" in templates[path]:
            # What `sam package` puts there.
            templates[path]["Resources"]["EventBridgeFunction"]["Properties"]["CodeUri"] = "s3://package-bucket/package.zip"
    return copy.deepcopy(templates[path])


def translate(template, parameters):
    return Translator({}, Parser()).translate(template, parameters) if "Transform" in template else template


json.dump([translate(load(job["template"]), job["parameters"]) for job in json.load(sys.stdin)], sys.stdout)
