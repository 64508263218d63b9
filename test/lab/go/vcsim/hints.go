package main

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// giveNeighbours lets every host hear a switch on its first two network cards: one that speaks CDP
// and one that speaks LLDP. The simulator has the question but no answer to it.
func giveNeighbours(registry *simulator.Registry) {
	for _, entity := range registry.All("HostSystem") {
		host, ok := entity.(*simulator.HostSystem)
		if !ok || host.ConfigManager.NetworkSystem == nil {
			continue
		}
		system, ok := registry.Get(*host.ConfigManager.NetworkSystem).(*simulator.HostNetworkSystem)
		if !ok {
			continue
		}
		system.QueryNetworkHintResponse.Returnval = []types.PhysicalNicHintInfo{
			{
				Device: "vmnic0",
				Subnet: []types.PhysicalNicIpHint{
					{PhysicalNicHint: types.PhysicalNicHint{VlanId: 120}, IpSubnet: "10.1.0.1-10.1.0.254"},
					{PhysicalNicHint: types.PhysicalNicHint{VlanId: 7}, IpSubnet: "10.2.0.1-10.2.0.254"},
					{IpSubnet: "10.3.0.1-10.3.0.254"},
				},
				ConnectedSwitchPort: &types.PhysicalNicCdpInfo{DevId: "leaf-a(" + host.Name + ")", PortId: "Ethernet1/7"},
			},
			{
				Device:  "vmnic1",
				Network: []types.PhysicalNicNameHint{{PhysicalNicHint: types.PhysicalNicHint{VlanId: 120}, Network: "120"}},
				LldpInfo: &types.LinkLayerDiscoveryProtocolInfo{
					ChassisId: "00:11:22:33:44:55", PortId: "swp7", TimeToLive: 100,
					Parameter: []types.KeyAnyValue{{Key: "System Name", Value: "leaf-b"}, {Key: "MTU", Value: int32(9216)}},
				},
			},
		}
	}
}
