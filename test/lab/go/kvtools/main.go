// kvtools runs KubeVirt's own virt-api and virt-controller outside a pod, prints its custom
// resource definitions and webhook configurations, and says whether KubeVirt would admit a
// VirtualMachine without any cluster.
//
//	kvtools crds
//	kvtools virt-api|virt-controller FLAG…
//	kvtools webhooks URL CA-FILE
//	kvtools admit [-gates A,B] FILE…
package main

import (
	"errors"
	"fmt"
	"os"

	"sigs.k8s.io/yaml"

	kvlog "kubevirt.io/client-go/log"
	"kubevirt.io/kubevirt/pkg/service"
	virtapi "kubevirt.io/kubevirt/pkg/virt-api"
	"kubevirt.io/kubevirt/pkg/virt-controller/watch"
)

func printYAML(object any) error {
	text, err := yaml.Marshal(object)
	if err == nil {
		_, err = fmt.Printf("---\n%s", text)
	}
	return err
}

func run(command string, args []string) error {
	switch command {
	case "crds":
		return printDefinitions()
	case "webhooks":
		if len(args) != 2 {
			return errors.New("webhooks: want a URL and a CA file")
		}
		return printWebhooks(args[0], args[1])
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
		fmt.Fprintln(os.Stderr, "usage: kvtools crds|webhooks|admit|virt-api|virt-controller …")
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
