"""Writes what the services of a cloud list, for tests that have no cloud.

Usage: python record-cloud.py <file.json.gz>, with the cloud in the OS_ variables. Start-up data of
servers is left out, as are links: the stand-in makes its own.
"""

import gzip
import json
import sys

import openstack

cloud = openstack.connect()
LISTS = [
    ("identity", "/domains", "domains", {}, None),
    ("identity", "/projects", "projects", {}, None),
    ("compute", "/os-hypervisors/detail", "hypervisors", {}, "compute 2.87"),
    ("compute", "/os-availability-zone/detail", "availabilityZoneInfo", {}, "compute 2.96"),
    ("compute", "/flavors/detail", "flavors", {"is_public": "None"}, "compute 2.96"),
    ("compute", "/servers/detail", "servers", {"all_tenants": "1"}, "compute 2.96"),
    ("compute", "/os-server-groups", "server_groups", {"all_projects": "True"}, "compute 2.96"),
    ("image", "/v2/images", "images", {"visibility": "all"}, None),
    ("block-storage", "/types", "volume_types", {"is_public": "None"}, "volume 3.70"),
    ("block-storage", "/scheduler-stats/get_pools", "pools", {"detail": "true"}, "volume 3.70"),
    ("block-storage", "/volumes/detail", "volumes", {"all_tenants": "1"}, "volume 3.70"),
    ("block-storage", "/snapshots/detail", "snapshots", {"all_tenants": "1"}, "volume 3.70"),
    ("network", "/v2.0/networks", "networks", {}, None),
    ("network", "/v2.0/subnets", "subnets", {}, None),
    ("network", "/v2.0/security-groups", "security_groups", {}, None),
    ("network", "/v2.0/routers", "routers", {}, None),
    ("network", "/v2.0/ports", "ports", {}, None),
    ("network", "/v2.0/floatingips", "floatingips", {}, None),
]


def items_of(service, path, field, query, version):
    headers = {"OpenStack-API-Version": version} if version else {}
    paged = service != "identity" and field not in ("availabilityZoneInfo", "pools", "server_groups")
    if paged:
        query = {**query, "limit": 50}
    found = []
    while True:
        answer = cloud.session.get(
            path, params=query, headers=headers,
            endpoint_filter={"service_type": service, "interface": "public"}).json()
        page = answer[field]
        found += page
        if not paged or len(page) < 50:
            return found
        query = {**query, "marker": page[-1]["id"]}


recorded = {}
for service, path, field, query, version in LISTS:
    items = items_of(service, path, field, query, version)
    for item in items:
        item.pop("links", None)
        item.pop("OS-EXT-SRV-ATTR:user_data", None)
    name = path.split("/", 2)[2] if path.startswith("/v") and path[2].isdigit() else path[1:]
    recorded[f"{service}/{name}"] = {"field": field, "items": items}
    print(service, name, len(items))
with gzip.GzipFile(sys.argv[1], "wb", mtime=0) as file:
    file.write(json.dumps(recorded, ensure_ascii=False).encode())
