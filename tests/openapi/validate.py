"""Holds what a server was asked and answered against the description of its API.

    /usr/bin/python3 tests/openapi/validate.py DOCUMENT [EXCHANGES…]

EXCHANGES are files of JSON lines, as tests/spec/served.lua writes them: method, path, request_type,
request_body, status, type, body, and "good" where the request must be as described. Without EXCHANGES
the document itself is checked. Prints one JSON object: "violations", a text each, and "seen", the
statuses of each operation. The exit code is 1 when there are violations.
"""

import json
import re
import sys
from datetime import datetime
from urllib.parse import parse_qsl, unquote

from jsonschema import Draft202012Validator, FormatChecker, RefResolver

# What is refused before any operation is found; see core/http.
REFUSED_EARLY = {400, 408, 413, 414, 417, 431, 501, 503}


# Without this a format is but a remark, and whether date-time is known depends on what is installed.
formats = FormatChecker(formats=())


@formats.checks("date-time", raises=ValueError)
def is_time(value):
    if not isinstance(value, str):
        return True
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", value):
        return False
    return datetime.fromisoformat(value.replace("Z", "+00:00")) is not None


class Document:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.tree = json.load(file)
        self.resolver = RefResolver("", self.tree)
        self.operations = []
        for template, item in self.tree["paths"].items():
            pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(template))
            for method, operation in item.items():
                self.operations.append((method.upper(), re.compile(pattern), operation, template))
        # A literal segment goes before a name.
        self.operations.sort(key=lambda entry: entry[3].count("{"))

    def resolve(self, node):
        while "$ref" in node:
            node = self.resolver.resolve(node["$ref"])[1]
        return node

    def find(self, method, path):
        for wanted, pattern, operation, _ in self.operations:
            match = pattern.fullmatch(path)
            if wanted == method and match:
                return operation, match.groupdict()
        return None, {}

    def errors(self, schema, value):
        validator = Draft202012Validator(schema, resolver=self.resolver, format_checker=formats)
        for error in validator.iter_errors(value):
            yield f"{error.json_path}: {error.message[:300]}"

    def bare_type(self, text):
        return (text or "").split(";")[0].strip()


# ---- exchanges -----------------------------------------------------------------------------------


def as_schema_says(schema, text):
    """A parameter's text as the value that its schema is about."""
    if schema.get("type") == "integer" and re.fullmatch(r"-?\d+", text):
        return int(text)
    if schema.get("type") == "boolean" and text in ("true", "false"):
        return text == "true"
    return text


def check_request(document, operation, values, query, exchange):
    parameters = {p["name"]: p for p in operation.get("parameters", []) if p["in"] != "header"}
    for name, text in list(values.items()) + query:
        if name not in parameters:
            yield f"the parameter {name} is not documented"
            continue
        schema = document.resolve(parameters[name]["schema"])
        for error in document.errors(schema, as_schema_says(schema, text)):
            yield f"parameter {name}: {error}"
    body = exchange.get("request_body")
    content = operation.get("requestBody", {}).get("content", {})
    if not content:
        return
    kind = document.bare_type(exchange.get("request_type"))
    if kind not in content:
        yield f"a body of type {kind} is not documented"
    elif kind == "application/json":
        for error in document.errors(content[kind]["schema"], json.loads(body)):
            yield f"body of the request: {error}"


def check_events(document, schemas, text):
    for block in text.split("\n\n")[:-1]:
        lines = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
        if "event" not in lines:
            continue
        if lines["event"] not in schemas:
            yield f"the event {lines['event']} is not documented"
            continue
        for error in document.errors(schemas[lines["event"]], json.loads(lines["data"])):
            yield f"event {lines['event']}: {error}"


def check_body(document, content, kind, body):
    schema = content[kind]["schema"]
    if kind == "text/event-stream":
        yield from check_events(document, content[kind]["x-events"], body)
    elif kind == "application/x-ndjson":
        for line in body.splitlines():
            yield from document.errors(schema, json.loads(line))
    elif kind == "application/json":
        yield from document.errors(schema, json.loads(body))
    else:
        yield from document.errors(schema, body)


def check_answer(document, operation, exchange):
    status, kind = exchange["status"], document.bare_type(exchange.get("type"))
    answer = operation["responses"].get(str(status))
    early = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
    if not answer and status in REFUSED_EARLY:
        answer = early
    if not answer:
        yield "this status is not documented: " + exchange["body"][:300]
        return
    content = document.resolve(answer).get("content", {})
    if not content and not exchange["body"]:
        return
    if kind not in content:
        yield f"the type {kind} is not documented"
        return
    try:
        yield from check_body(document, content, kind, exchange["body"])
    except ValueError as error:
        yield f"no JSON: {error}"


# A path or a method that there is none of.
def check_unknown(document, exchange):
    if exchange["method"] == "OPTIONS" and exchange["status"] == 204:
        return
    if exchange["status"] not in REFUSED_EARLY | {404, 405}:
        yield "no operation is documented"
    else:
        yield from document.errors({"$ref": "#/components/schemas/Error"}, json.loads(exchange["body"]))


def check_exchange(document, exchange, seen):
    path, _, query = exchange["path"].partition("?")
    operation, values = document.find(exchange["method"], unquote(path))
    name = f"{exchange['method']} {exchange['path']}"
    found = []
    if operation:
        name = f"{operation['operationId']} {exchange['status']} ({name})"
        statuses = seen.setdefault(operation["operationId"], {})
        statuses[exchange["status"]] = statuses.get(exchange["status"], 0) + 1
        found += check_answer(document, operation, exchange)
        if exchange.get("good"):
            pairs = parse_qsl(query, keep_blank_values=True)
            found += check_request(document, operation, values, pairs, exchange)
    else:
        found += check_unknown(document, exchange)
    return [f"{name}: {text}" for text in found]


def read_exchanges(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            yield json.loads(line)


# ---- the document --------------------------------------------------------------------------------


def walk(node, place="#"):
    yield place, node
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in members:
        yield from walk(value, f"{place}/{key}")


def check_operation(document, template, operation):
    declared = {p["name"] for p in operation.get("parameters", []) if p["in"] == "path"}
    if declared != set(re.findall(r"\{(\w+)\}", template)):
        yield "its path parameters are others than those of the path"
    if operation["tags"][0] not in {tag["name"] for tag in document.tree["tags"]}:
        yield "its tag is not declared"
    for way in operation["security"]:
        for scheme in way:
            if scheme not in document.tree["components"]["securitySchemes"]:
                yield f"there is no security scheme {scheme}"
    for key in ("summary", "x-summary-zh", "x-action", "x-place"):
        if not operation.get(key):
            yield f"{key} is missing"
    for status, answer in operation["responses"].items():
        if not document.resolve(answer).get("description"):
            yield f"{status} says nothing"
    for parameter in operation.get("parameters", []):
        if "example" in parameter:
            yield from document.errors(parameter["schema"], parameter["example"])
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        if kind == "application/json" and "example" not in content:
            yield "the body has no example"
        if "example" in content:
            yield from document.errors(content["schema"], content["example"])


def check_schema(document, name, schema):
    Draft202012Validator.check_schema(schema)
    for place, node in walk(schema):
        if not isinstance(node, dict):
            continue
        # A member may be called "properties": what holds it is no schema.
        kinds = node.get("type")
        is_object = kinds == "object" or (isinstance(kinds, list) and "object" in kinds)
        if is_object and "properties" in node:
            if "additionalProperties" not in node:
                yield f"{name}{place[1:]} is open"
            if not set(node.get("required", [])) <= set(node["properties"]):
                yield f"{name}{place[1:]} requires what it does not describe"


def check_document(document):
    ids = [operation["operationId"] for _, _, operation, _ in document.operations]
    if len(ids) != len(set(ids)):
        yield "an operationId is there twice"
    for place, node in walk(document.tree):
        if isinstance(node, dict) and isinstance(node.get("$ref"), str):
            document.resolver.resolve(node["$ref"])
        if place.endswith("/schema"):
            yield from check_schema(document, place, node)
    for name, schema in document.tree["components"]["schemas"].items():
        yield from check_schema(document, name, schema)
    for _, _, operation, template in document.operations:
        for text in check_operation(document, template, operation):
            yield f"{operation['operationId']}: {text}"


def main():
    document = Document(sys.argv[1])
    violations, seen = [], {}
    if len(sys.argv) == 2:
        violations += check_document(document)
    for path in sys.argv[2:]:
        for exchange in read_exchanges(path):
            violations += check_exchange(document, exchange, seen)
    print(json.dumps({"violations": violations, "seen": seen}, ensure_ascii=False))
    sys.exit(1 if violations else 0)


main()
