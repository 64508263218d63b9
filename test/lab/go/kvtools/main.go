// kvtools runs KubeVirt's own virt-api and virt-controller outside a pod, prints its custom
// resource definitions and webhook configurations, and says whether KubeVirt would admit a
// VirtualMachine without any cluster.
//
//	kvtools manifests                     definitions and webhook configurations, one JSON object a line
//	kvtools virt-api|virt-controller FLAG…
//	kvtools admit [-gates A,B] FILE…
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	kvlog "kubevirt.io/client-go/log"
	"kubevirt.io/kubevirt/pkg/service"
	virtapi "kubevirt.io/kubevirt/pkg/virt-api"
	"kubevirt.io/kubevirt/pkg/virt-controller/watch"
)

// printManifest writes one object a line: KubeVirt's definitions are large, and JSON is read in
// milliseconds where YAML takes seconds.
func printManifest(object any) error {
	return json.NewEncoder(os.Stdout).Encode(object)
}

func run(command string, args []string) error {
	switch command {
	case "manifests":
		return printManifests()
	case "admit":
		return admitFiles(args)
	case "virt-api":
		kvlog.InitializeLogging(command)
		app := virtapi.NewVirtApi()
		service.Setup(app)
		app.Execute()
		return nil
	case "virt-controller":
		watch.Execute()
		return nil
	default:
		return fmt.Errorf("unknown command %q", command)
	}
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: kvtools manifests|admit|virt-api|virt-controller …")
		os.Exit(2)
	}
	command := os.Args[1]
	// KubeVirt's components read their flags from os.Args.
	os.Args = append([]string{command}, os.Args[2:]...)
	if err := run(command, os.Args[1:]); err != nil {
		if !errors.Is(err, errRefused) {
			fmt.Fprintln(os.Stderr, "kvtools:", err)
			os.Exit(2)
		}
		os.Exit(1)
	}
}
