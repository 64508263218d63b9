"""Counts and changes what a cloud has, by OpenStack's own client.

Usage, with the cloud in the OS_ variables: python estate.py count
                                            python estate.py create <name>
                                            python estate.py rename <id> <name>
                                            python estate.py resize <id>
                                            python estate.py move-port <id>
                                            python estate.py delete <id>
Prints JSON.
"""

import json
import sys

import openstack

cloud = openstack.connect(compute_api_version="2.90")
verb, *words = sys.argv[1:]


def size(things):
    return sum(1 for _ in things)


def count():
    ports = list(cloud.network.ports())
    adapters = [port for port in ports if port.device_owner.startswith("compute:") and port.device_id]
    images = {image.id for image in cloud.image.images(visibility="all")}
    images |= {image.id for image in cloud.image.images(visibility="all", is_hidden=True)}
    groups = list(cloud.network.security_groups())
    return {
        "Domain": size(cloud.identity.domains()),
        "Project": size(cloud.identity.projects()),
        "Host": size(cloud.compute.hypervisors()),
        "AvailabilityZone": size(cloud.compute.availability_zones(details=True)),
        "Flavor": size(cloud.compute.flavors(is_public=None)),
        "ServerGroup": size(cloud.compute.server_groups(all_projects=True)),
        "VirtualMachine": size(cloud.compute.servers(details=False, all_projects=True)),
        "Image": len(images),
        "VolumeType": size(cloud.block_storage.types(is_public=None)),
        "Datastore": size(cloud.block_storage.backend_pools()),
        "Volume": size(cloud.block_storage.volumes(details=False, all_projects=True)),
        "VolumeSnapshot": size(cloud.block_storage.snapshots(details=False, all_projects=True)),
        "Network": size(cloud.network.networks()),
        "Subnet": size(cloud.network.subnets()),
        "SecurityGroup": len(groups),
        "Router": size(cloud.network.routers()),
        "Nic": len(adapters),
        "Port": len(ports) - len(adapters),
        "FloatingIp": size(cloud.network.ips()),
    }


def create(name):
    server = cloud.compute.create_server(
        name=name,
        image_id=cloud.image.find_image("image-plain").id,
        flavor_id=cloud.compute.find_flavor("m1.small").id,
        networks=[{"uuid": cloud.network.find_network("net-00").id}])
    return {"id": cloud.compute.wait_for_server(server, wait=120).id}


def rename(server, name):
    cloud.compute.update_server(server, name=name)


def resize(server):
    cloud.compute.resize_server(server, cloud.compute.find_flavor("m1.ephemeral").id)
    cloud.compute.wait_for_server(cloud.compute.get_server(server), status="VERIFY_RESIZE", wait=120)
    cloud.compute.confirm_server_resize(server)


def move_port(server):
    port = next(cloud.network.ports(device_id=server))
    network = cloud.network.find_network("net-01").id
    cloud.compute.delete_server_interface(port.id, server=server)
    cloud.compute.create_server_interface(server, net_id=network)
    return {"network": network}


def delete(server):
    cloud.compute.delete_server(server)


verbs = {
    "count": count, "create": create, "rename": rename, "resize": resize,
    "move-port": move_port, "delete": delete,
}
print(json.dumps(verbs[verb](*words)))
