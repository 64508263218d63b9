"""Fills an OpenStack cloud with an estate to read: projects, networks, images, flavors, volumes, machines.

Usage: python seed-estate.py <machines> <networks>, with the cloud in the OS_ variables. What is there
already stays, so that a second run adds nothing. No disk has bytes in it: hypervisors of a test cloud
make none.
"""

import sys
import time

import openstack

machines, networks = int(sys.argv[1]), int(sys.argv[2])
cloud = openstack.connect(compute_api_version="2.90")


def named(things):
    return {thing.name: thing for thing in things}


def projects():
    known = named(cloud.identity.projects())
    for name in ("shop", "wiki", "Überwachung"):
        if name not in known:
            cloud.identity.create_project(name=name, domain_id="default", description=f"{name}, seeded")


def make_networks():
    known = named(cloud.network.networks())
    if "public" not in known:
        public = cloud.network.create_network(
            name="public", is_router_external=True,
            provider_network_type="flat", provider_physical_network="physnet1")
        cloud.network.create_subnet(
            network_id=public.id, name="public-v4", ip_version=4, cidr="203.0.113.0/24", enable_dhcp=False)
    made = []
    for number in range(networks):
        name = f"net-{number:02}"
        if name not in known:
            provider = (dict(provider_network_type="vlan", provider_physical_network="physnet2",
                             provider_segmentation_id=100 + number)
                        if number % 2 == 0 else dict(provider_network_type="geneve" if number % 3 else "vxlan",
                                                     provider_segmentation_id=5000 + number))
            network = cloud.network.create_network(name=name, **provider)
            cloud.network.create_subnet(
                network_id=network.id, name=f"{name}-v4", ip_version=4, cidr=f"10.{number}.0.0/22",
                dns_nameservers=["10.0.0.2", "10.0.0.3"])
            made.append(network)
    return named(cloud.network.networks())


def make_routers(known):
    have = named(cloud.network.routers())
    for number in range(2):
        name = f"router-{number}"
        if name in have:
            continue
        router = cloud.network.create_router(
            name=name, external_gateway_info={"network_id": known["public"].id})
        subnet = next(cloud.network.subnets(network_id=known[f"net-{number:02}"].id))
        cloud.network.add_interface_to_router(router, subnet_id=subnet.id)


def make_groups():
    have = named(cloud.network.security_groups(project_id=cloud.current_project_id))
    if "web" not in have:
        group = cloud.network.create_security_group(name="web", description="HTTP and SSH")
        for port in (22, 80, 443):
            cloud.network.create_security_group_rule(
                security_group_id=group.id, direction="ingress", protocol="tcp",
                port_range_min=port, port_range_max=port, remote_ip_prefix="10.0.0.0/8")


IMAGES = {
    "plain": dict(hw_disk_bus="virtio", hw_vif_model="virtio", os_distro="rhel", os_version="9.4"),
    "boot-menu": dict(hw_disk_bus="scsi", hw_vif_model="e1000", hw_boot_menu="true"),
    "odd-bus": dict(hw_disk_bus="ide", hw_vif_model="virtio"),
    "odd-nic": dict(hw_disk_bus="virtio", hw_vif_model="spapr-vlan"),
    "secure": dict(hw_disk_bus="virtio", hw_vif_model="virtio", hw_firmware_type="uefi",
                   os_secure_boot="required"),
    "old-os": dict(hw_disk_bus="virtio", hw_vif_model="virtio", os_distro="centos", os_version="6"),
    "watched": dict(hw_disk_bus="sata", hw_vif_model="rtl8139", hw_watchdog_action="reset"),
    "bare": dict(),
}
FLAVORS = {
    "m1.small": {},
    "m1.shares": {"quota:cpu_shares": "512"},
    "m1.gpu": {"pci_passthrough:alias": "a100:1"},
    "m1.numa": {"hw:numa_nodes": "2"},
    "m1.secure": {"os:secure_boot": "required"},
    "m1.watchdog": {"hw:watchdog_action": "poweroff"},
    "m1.ephemeral": {},
}


def make_images():
    have = named(cloud.image.images())
    for name, properties in IMAGES.items():
        if f"image-{name}" not in have:
            cloud.create_image(f"image-{name}", data=b"\0" * 1024, disk_format="raw",
                               container_format="bare", wait=True, visibility="public", **properties)
    return named(cloud.image.images())


def make_flavors():
    have = named(cloud.compute.flavors(is_public=None))
    for name, specs in FLAVORS.items():
        if name in have:
            continue
        extra = dict(ephemeral=5, swap=512) if name == "m1.ephemeral" else {}
        flavor = cloud.compute.create_flavor(name=name, ram=2048, vcpus=2, disk=10, **extra)
        if specs:
            cloud.compute.create_flavor_extra_specs(flavor, specs)
    return named(cloud.compute.flavors(is_public=None))


def pairs():
    """Image and flavor of the nth machine: each appears, most machines are plain."""
    odd = [(f"image-{name}", "m1.small") for name in IMAGES if name != "plain"]
    # No machine of m1.gpu: a cloud without the device refuses it.
    odd += [("image-plain", name) for name in FLAVORS if name != "m1.gpu"]
    return odd


def name_of(number):
    if number == 3:
        return "Größe_Ä"
    return f"{('shop-web', 'shop-db', 'wiki-app')[number % 3]}-{number:03}"


def make_servers(images, flavors, known):
    have = {server.name for server in cloud.compute.servers(all_projects=True, limit=50)}
    odd = pairs()
    group = next((g for g in cloud.compute.server_groups() if g.name == "apart"), None) \
        or cloud.compute.create_server_group(name="apart", policy="soft-anti-affinity")
    pending = []
    for number in range(machines):
        name = name_of(number)
        if name in have:
            continue
        image, flavor = odd[number] if number < len(odd) else ("image-plain", "m1.small")
        hints = {"group": group.id} if number % 50 == 0 else None
        server = cloud.compute.create_server(
            name=name, image_id=images[image].id, flavor_id=flavors[flavor].id,
            networks=[{"uuid": known[f"net-{number % networks:02}"].id}],
            metadata={"tier": "prod" if number % 4 else "test"}, tags=[f"wave-{number % 5}"],
            **({"scheduler_hints": hints} if hints else {}))
        pending.append(server.id)
        while len(pending) > 6:
            pending = [one for one in pending if cloud.compute.get_server(one).status == "BUILD"]
            time.sleep(0.3)
    while pending:
        pending = [one for one in pending if cloud.compute.get_server(one).status == "BUILD"]
        time.sleep(0.5)


def make_volumes():
    have = {volume.name for volume in cloud.block_storage.volumes(all_projects=True)}
    servers = [s for s in cloud.compute.servers(all_projects=True, limit=50) if s.status == "ACTIVE"]
    servers.sort(key=lambda server: server.name)
    for number in range(min(20, len(servers) - 1)):
        name = f"data-{number:02}"
        if name in have:
            continue
        volume = cloud.create_volume(size=number % 5 + 1, name=name, wait=True)
        if number >= 18:
            continue
        cloud.compute.create_volume_attachment(servers[number], volume_id=volume.id)
        if number % 6 == 0 and cloud.block_storage.get_volume(volume.id).status in ("available", "in-use"):
            cloud.create_volume_snapshot(volume.id, name=f"{name}-snap", force=True, wait=False)


def make_floating():
    if any(True for _ in cloud.network.ips()):
        return
    known = named(cloud.network.networks())
    inner = known["net-00"].id
    ports = [p for p in cloud.network.ports(network_id=inner) if p.device_owner.startswith("compute:")]
    for port in ports[:3]:
        cloud.network.create_ip(floating_network_id=known["public"].id, port_id=port.id)
    cloud.network.create_ip(floating_network_id=known["public"].id)


for step in (projects, make_groups):
    step()
known_networks = make_networks()
make_routers(known_networks)
make_servers(make_images(), make_flavors(), known_networks)
make_volumes()
make_floating()
print("seeded", len(list(cloud.compute.servers(all_projects=True, limit=50))), "machines")
