// collect-baseline reads what the vSphere collector reads, with govmomi's own client: the measure
// that the collector is held to. It takes the reads as JSON on standard input, so that both ask the
// same, and prints what it cost.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/url"
	"os"
	"syscall"
	"time"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/types"
)

type step struct {
	Name, Type, Path string
	Then             []string
}

type read struct {
	Paths map[string][]string
	Steps []step
}

type task struct {
	URL, Username, Password string
	PageSize                int32
	Reads                   []read
}

type result struct {
	Objects    map[string]int `json:"objects"`
	CPUSeconds float64        `json:"cpuSeconds"`
	Seconds    float64        `json:"seconds"`
}

func specification(root types.ManagedObjectReference, r read) types.PropertyFilterSpec {
	spec := types.PropertyFilterSpec{ReportMissingObjectsInResults: types.NewBool(true)}
	for kind, paths := range r.Paths {
		spec.PropSet = append(spec.PropSet, types.PropertySpec{Type: kind, PathSet: paths})
	}
	object := types.ObjectSpec{Obj: root, Skip: types.NewBool(false)}
	for _, s := range r.Steps {
		traversal := &types.TraversalSpec{SelectionSpec: types.SelectionSpec{Name: s.Name}, Type: s.Type, Path: s.Path, Skip: types.NewBool(false)}
		for _, name := range s.Then {
			traversal.SelectSet = append(traversal.SelectSet, &types.SelectionSpec{Name: name})
		}
		object.SelectSet = append(object.SelectSet, traversal)
	}
	spec.ObjectSet = []types.ObjectSpec{object}
	return spec
}

func collect(ctx context.Context, client *govmomi.Client, r read, pageSize int32, count map[string]int) error {
	content := client.ServiceContent
	answer, err := methods.RetrievePropertiesEx(ctx, client, &types.RetrievePropertiesEx{
		This:    content.PropertyCollector,
		SpecSet: []types.PropertyFilterSpec{specification(content.RootFolder, r)},
		Options: types.RetrieveOptions{MaxObjects: pageSize},
	})
	if err != nil {
		return err
	}
	for page := answer.Returnval; page != nil; {
		for _, object := range page.Objects {
			count[object.Obj.Type]++
		}
		if page.Token == "" {
			return nil
		}
		next, err := methods.ContinueRetrievePropertiesEx(ctx, client, &types.ContinueRetrievePropertiesEx{This: content.PropertyCollector, Token: page.Token})
		if err != nil {
			return err
		}
		page = &next.Returnval
	}
	return nil
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		log.Fatal(err)
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / float64(time.Second)
}

func run() error {
	var t task
	if err := json.NewDecoder(os.Stdin).Decode(&t); err != nil {
		return fmt.Errorf("task: %w", err)
	}
	address, err := url.Parse(t.URL)
	if err != nil {
		return err
	}
	address.User = url.UserPassword(t.Username, t.Password)
	ctx := context.Background()
	client, err := govmomi.NewClient(ctx, address, true)
	if err != nil {
		return err
	}
	defer func() { _ = client.Logout(ctx) }()
	started, before := time.Now(), cpuSeconds()
	objects := map[string]int{}
	for _, r := range t.Reads {
		if err = collect(ctx, client, r, t.PageSize, objects); err != nil {
			return err
		}
	}
	return json.NewEncoder(os.Stdout).Encode(result{objects, cpuSeconds() - before, time.Since(started).Seconds()})
}

func main() {
	if err := run(); err != nil {
		log.Fatal(err)
	}
}
