package main

import (
	"sync"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// deniedPrivileges answers the privilege questions with no for the ones on its list; the
// simulator alone always says yes.
type deniedPrivileges struct {
	*simulator.AuthorizationManager

	mu     sync.Mutex
	denied map[string]bool
}

func newDeniedPrivileges(registry *simulator.Registry) *deniedPrivileges {
	for _, reference := range registry.AllReference("AuthorizationManager") {
		if manager, ok := reference.(*simulator.AuthorizationManager); ok {
			d := &deniedPrivileges{AuthorizationManager: manager, denied: map[string]bool{}}
			registry.Put(d)
			return d
		}
	}
	return &deniedPrivileges{denied: map[string]bool{}}
}

func (d *deniedPrivileges) deny(ids []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.denied = map[string]bool{}
	for _, id := range ids {
		d.denied[id] = true
	}
}

func (d *deniedPrivileges) availability(ids []string) []types.PrivilegeAvailability {
	d.mu.Lock()
	defer d.mu.Unlock()
	var list []types.PrivilegeAvailability
	for _, id := range ids {
		list = append(list, types.PrivilegeAvailability{PrivId: id, IsGranted: !d.denied[id]})
	}
	return list
}

func (d *deniedPrivileges) entities(refs []types.ManagedObjectReference, ids []string) []types.EntityPrivilege {
	var list []types.EntityPrivilege
	for _, ref := range refs {
		list = append(list, types.EntityPrivilege{Entity: ref, PrivAvailability: d.availability(ids)})
	}
	return list
}

func (d *deniedPrivileges) HasPrivilegeOnEntities(req *types.HasPrivilegeOnEntities) soap.HasFault {
	return &methods.HasPrivilegeOnEntitiesBody{
		Res: &types.HasPrivilegeOnEntitiesResponse{Returnval: d.entities(req.Entity, req.PrivId)},
	}
}

func (d *deniedPrivileges) HasUserPrivilegeOnEntities(req *types.HasUserPrivilegeOnEntities) soap.HasFault {
	return &methods.HasUserPrivilegeOnEntitiesBody{
		Res: &types.HasUserPrivilegeOnEntitiesResponse{Returnval: d.entities(req.Entities, req.PrivId)},
	}
}

func (d *deniedPrivileges) HasPrivilegeOnEntity(req *types.HasPrivilegeOnEntity) soap.HasFault {
	var granted []bool
	for _, a := range d.availability(req.PrivId) {
		granted = append(granted, a.IsGranted)
	}
	return &methods.HasPrivilegeOnEntityBody{Res: &types.HasPrivilegeOnEntityResponse{Returnval: granted}}
}

func (d *deniedPrivileges) FetchUserPrivilegeOnEntities(req *types.FetchUserPrivilegeOnEntities) soap.HasFault {
	body, ok := d.AuthorizationManager.FetchUserPrivilegeOnEntities(req).(*methods.FetchUserPrivilegeOnEntitiesBody)
	if !ok || body.Res == nil {
		return body
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := range body.Res.Returnval {
		var kept []string
		for _, id := range body.Res.Returnval[i].Privileges {
			if !d.denied[id] {
				kept = append(kept, id)
			}
		}
		body.Res.Returnval[i].Privileges = kept
	}
	return body
}
