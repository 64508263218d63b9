package main

import (
	"context"
	"sync"
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// guests makes ShutdownGuest behave as a guest does: it needs running tools, answers at once and
// turns the machine off some time later, or never when the guest hangs.
type guests struct {
	model *simulator.Model

	mu    sync.Mutex
	delay time.Duration
	hung  map[string]bool
}

func newGuests(model *simulator.Model, delay time.Duration) *guests {
	g := &guests{model: model, delay: delay, hung: map[string]bool{}}
	registry := model.Map()
	previous := registry.Handler
	registry.Handler = func(ctx *simulator.Context, method *simulator.Method) (mo.Reference, types.BaseMethodFault) {
		if method.Name == "ShutdownGuest" {
			if state, tools, ok := g.state(method.This); ok && state == types.VirtualMachinePowerStatePoweredOn && !tools {
				return nil, &types.ToolsUnavailable{}
			}
		}
		if previous != nil {
			return previous(ctx, method)
		}
		return nil, nil
	}
	return g
}

func (g *guests) state(ref types.ManagedObjectReference) (power types.VirtualMachinePowerState, tools, ok bool) {
	vm, ok := g.model.Map().Get(ref).(*simulator.VirtualMachine)
	if !ok {
		return "", false, false
	}
	g.model.Map().WithLock(g.context(), vm, func() {
		power = vm.Runtime.PowerState
		tools = vm.Guest != nil && vm.Guest.ToolsRunningStatus == string(types.VirtualMachineToolsRunningStatusGuestToolsRunning)
	})
	return power, tools, true
}

func (g *guests) context() *simulator.Context {
	return &simulator.Context{Context: context.Background(), Map: g.model.Map(), Session: g.model.Service.Context.Session}
}

func (g *guests) set(id string, hung bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.hung[id] = hung
}

func (g *guests) setDelay(delay time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.delay = delay
}

// shutdownLater reports whether it took the call over. Calls that the simulator has to refuse
// (machine off, no tools, unknown object) are left to it. The guest shuts down in its own time,
// also when the session that asked for it is gone by then.
func (g *guests) shutdownLater(id string) bool {
	ref := types.ManagedObjectReference{Type: "VirtualMachine", Value: id}
	power, tools, ok := g.state(ref)
	if !ok || power != types.VirtualMachinePowerStatePoweredOn || !tools {
		return false
	}
	g.mu.Lock()
	delay, hung := g.delay, g.hung[id]
	g.mu.Unlock()
	if hung {
		return true
	}
	if delay <= 0 {
		return false
	}
	time.AfterFunc(delay, func() {
		// Somebody may have turned it off meanwhile; then there is nothing left to do.
		_, _ = methods.ShutdownGuest(context.Background(), g.model.Service, &types.ShutdownGuest{This: ref})
	})
	return true
}
