package main

import (
	"encoding/json"
	"os"
	"strings"

	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

type ref = types.ManagedObjectReference

// estateLinks holds what an object cannot say of itself: who lives in it. A collector does not
// read these lists, since the other side says the same, but the simulator walks them.
type estateLinks struct {
	children   map[ref][]ref
	pools      map[ref][]ref
	hosts      map[ref][]ref
	machines   map[ref][]ref
	mounts     map[ref][]ref
	attached   map[ref][]ref
	portGroups map[ref][]ref
	folders    map[ref]map[string]ref
	fields     map[int32]string
	tags       map[string]tagBody
	tagged     map[string][]string
	tagOrder   []string
}

type tagBody struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Category    string `json:"category"`
	Cardinality string `json:"cardinality"`
}

func get[T any](raw rawObject, path string) (value T) {
	if text, ok := raw.Body[path]; ok {
		_ = json.Unmarshal(text, &value)
	}
	return value
}

func linkEstate(file string) (*estateLinks, error) {
	l := &estateLinks{
		children: map[ref][]ref{}, pools: map[ref][]ref{}, hosts: map[ref][]ref{}, machines: map[ref][]ref{},
		mounts: map[ref][]ref{}, attached: map[ref][]ref{}, portGroups: map[ref][]ref{},
		folders: map[ref]map[string]ref{}, fields: map[int32]string{}, tags: map[string]tagBody{}, tagged: map[string][]string{},
	}
	return l, readEstate(file, func(raw rawObject) error {
		l.learn(raw)
		return nil
	})
}

func (l *estateLinks) learn(raw rawObject) {
	self := ref{Type: raw.Type, Value: raw.ExternalID}
	if raw.Type == "Tag" {
		var body tagBody
		text, _ := json.Marshal(raw.Body)
		_ = json.Unmarshal(text, &body)
		l.tags[raw.ExternalID] = body
		l.tagOrder = append(l.tagOrder, raw.ExternalID)
		return
	}
	for _, tag := range get[[]string](raw, "$tags") {
		l.tagged[tag] = append(l.tagged[tag], raw.Type+":"+raw.ExternalID)
	}
	for _, field := range get[[]types.CustomFieldDef](raw, "availableField") {
		l.fields[field.Key] = field.Name
	}
	parent := get[ref](raw, "parent")
	switch {
	case raw.Type == "HostSystem":
		l.hosts[parent] = append(l.hosts[parent], self)
	case raw.Type == "ResourcePool" || raw.Type == "VirtualApp":
		l.pools[parent] = append(l.pools[parent], self)
	case raw.Type == "Folder" && parent.Type == "Datacenter":
		if l.folders[parent] == nil {
			l.folders[parent] = map[string]ref{}
		}
		l.folders[parent][get[string](raw, "name")] = self
	case parent.Value != "":
		l.children[parent] = append(l.children[parent], self)
	}
	l.learnUse(raw, self)
}

func (l *estateLinks) learnUse(raw rawObject, self ref) {
	switch raw.Type {
	case "VirtualMachine":
		users := append(get[[]ref](raw, "network"), get[[]ref](raw, "datastore")...)
		users = append(users, get[ref](raw, "runtime.host"), get[ref](raw, "resourcePool"))
		for _, used := range users {
			if used.Value != "" {
				l.machines[used] = append(l.machines[used], self)
			}
		}
	case "HostSystem":
		for _, used := range get[[]ref](raw, "datastore") {
			l.mounts[used] = append(l.mounts[used], self)
		}
		for _, used := range get[[]ref](raw, "network") {
			l.attached[used] = append(l.attached[used], self)
		}
	case "DistributedVirtualPortgroup":
		var config struct {
			Switch ref `json:"distributedVirtualSwitch"`
		}
		_ = json.Unmarshal(raw.Body["config"], &config)
		l.portGroups[config.Switch] = append(l.portGroups[config.Switch], self)
	}
}

// complete gives an object the lists and the copies of its properties that the simulator needs.
func (l *estateLinks) complete(object mo.Reference, raw rawObject) error {
	self := object.Reference()
	switch o := object.(type) {
	case *mo.Folder:
		o.ChildEntity = l.children[self]
	case *mo.StoragePod:
		o.ChildEntity = l.children[self]
		o.ChildType = []string{"Datastore"}
	case *mo.Datacenter:
		l.completeDatacenter(o)
	case *mo.ComputeResource:
		l.completeCompute(o)
	case *mo.ClusterComputeResource:
		l.completeCompute(&o.ComputeResource)
	case *mo.ResourcePool:
		l.completePool(o)
	case *mo.VirtualApp:
		l.completePool(&o.ResourcePool)
	case *mo.HostSystem:
		o.Vm = l.machines[self]
		o.Summary.Host = &self
		o.Summary.Config.Name = o.Name
		o.Summary.Runtime = &o.Runtime
		o.Summary.OverallStatus = o.OverallStatus
	case *mo.Datastore:
		o.Vm = l.machines[self]
		for _, host := range l.mounts[self] {
			o.Host = append(o.Host, types.DatastoreHostMount{Key: host, MountInfo: types.HostMountInfo{
				Path: o.Summary.Url, AccessMode: "readWrite", Mounted: types.NewBool(true), Accessible: types.NewBool(true),
			}})
		}
	case *mo.Network:
		l.completeNetwork(o)
	case *mo.OpaqueNetwork:
		l.completeNetwork(&o.Network)
	case *mo.DistributedVirtualPortgroup:
		l.completeNetwork(&o.Network)
	case *mo.VmwareDistributedVirtualSwitch:
		o.Portgroup = l.portGroups[self]
		o.Summary.Name, o.Summary.Uuid = o.Name, o.Uuid
		if o.Config != nil {
			for _, member := range o.Config.GetDVSConfigInfo().Host {
				if member.Config.Host != nil {
					o.Summary.HostMember = append(o.Summary.HostMember, *member.Config.Host)
				}
			}
		}
	case *mo.VirtualMachine:
		completeMachine(o)
	}
	return nil
}

func (l *estateLinks) completeDatacenter(dc *mo.Datacenter) {
	folders := l.folders[dc.Self]
	dc.VmFolder, dc.HostFolder = folders["vm"], folders["host"]
	dc.DatastoreFolder, dc.NetworkFolder = folders["datastore"], folders["network"]
	dc.Datastore = l.ofType("Datastore", dc.DatastoreFolder)
	dc.Network = append(l.ofType("Network", dc.NetworkFolder), l.ofType("DistributedVirtualPortgroup", dc.NetworkFolder)...)
	dc.Network = append(dc.Network, l.ofType("OpaqueNetwork", dc.NetworkFolder)...)
}

// ofType lists what is of a type below a folder, at any depth.
func (l *estateLinks) ofType(kind string, folder ref) []ref {
	var found []ref
	for _, child := range l.children[folder] {
		if child.Type == kind {
			found = append(found, child)
		}
		found = append(found, l.ofType(kind, child)...)
	}
	return found
}

func (l *estateLinks) completeCompute(c *mo.ComputeResource) {
	c.Host = l.hosts[c.Self]
	browser := environmentBrowser(c.Self)
	c.EnvironmentBrowser = &browser
	if pools := l.pools[c.Self]; len(pools) > 0 {
		c.ResourcePool = &pools[0]
	}
}

// environmentBrowser is the reference of a compute resource's browser. It holds nothing, but a
// machine cannot be created or cloned where there is none.
func environmentBrowser(compute ref) ref {
	return ref{Type: "EnvironmentBrowser", Value: "envbrowser-" + compute.Value}
}

func (l *estateLinks) completePool(p *mo.ResourcePool) {
	p.ResourcePool = l.pools[p.Self]
	p.Vm = l.machines[p.Self]
	if p.Summary == nil {
		p.Summary = &types.ResourcePoolSummary{Name: p.Name, Config: p.Config}
	}
}

func (l *estateLinks) completeNetwork(n *mo.Network) {
	n.Vm = l.machines[n.Self]
	n.Host = l.attached[n.Self]
	n.ManagedEntity.Name = n.Name
}

// completeMachine fills the copies that vSphere keeps in the summary, and what the simulator
// takes for granted: a machine without a configuration or a layout would stop it.
func completeMachine(vm *mo.VirtualMachine) {
	if vm.Config == nil {
		vm.Config = &types.VirtualMachineConfigInfo{}
	}
	if vm.Guest == nil {
		vm.Guest = &types.GuestInfo{}
	}
	vm.Layout = &types.VirtualMachineFileLayout{}
	if vm.LayoutEx == nil {
		vm.LayoutEx = &types.VirtualMachineFileLayoutEx{}
	}
	vm.Storage = &types.VirtualMachineStorageInfo{}
	if vm.Summary.Storage == nil {
		vm.Summary.Storage = &types.VirtualMachineStorageSummary{}
	}
	vm.Config.Name = vm.Name
	self := vm.Self
	vm.Summary.Vm = &self
	vm.Summary.Runtime = vm.Runtime
	vm.Summary.OverallStatus = vm.OverallStatus
	config := &vm.Summary.Config
	config.Name, config.Template, config.VmPathName = vm.Name, vm.Config.Template, vm.Config.Files.VmPathName
	config.Uuid, config.InstanceUuid = vm.Config.Uuid, vm.Config.InstanceUuid
	config.NumCpu, config.MemorySizeMB = vm.Config.Hardware.NumCPU, vm.Config.Hardware.MemoryMB
	config.GuestId, config.GuestFullName, config.Annotation = vm.Config.GuestId, vm.Config.GuestFullName, vm.Config.Annotation
	vm.Summary.Guest = &types.VirtualMachineGuestSummary{
		HostName: vm.Guest.HostName, IpAddress: vm.Guest.IpAddress,
		ToolsRunningStatus: vm.Guest.ToolsRunningStatus, ToolsStatus: vm.Guest.ToolsStatus,
	}
}

func (l *estateLinks) customFields() *mo.CustomFieldsManager {
	manager := &mo.CustomFieldsManager{Self: ref{Type: "CustomFieldsManager", Value: "CustomFieldsManager"}}
	for key, name := range l.fields {
		manager.Field = append(manager.Field, types.CustomFieldDef{Key: key, Name: name, Type: "string", ManagedObjectType: "VirtualMachine"})
	}
	return manager
}

// writeTags writes what loadTags reads.
func (l *estateLinks) writeTags(file string) error {
	saved := savedTags{}
	known := map[string]bool{}
	for _, id := range l.tagOrder {
		body := l.tags[id]
		if !known[body.Category] {
			known[body.Category] = true
			saved.Categories = append(saved.Categories, savedCategory{Name: body.Category, Cardinality: strings.ToUpper(body.Cardinality)})
		}
		saved.Tags = append(saved.Tags, savedTag{Name: body.Name, Description: body.Description, Category: body.Category, Objects: l.tagged[id]})
	}
	text, err := json.Marshal(saved)
	if err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o600)
}
