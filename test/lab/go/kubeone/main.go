// kubeone is etcd, kube-apiserver, kube-controller-manager and kube-scheduler in one executable,
// for tests on one machine without containers.
//
//	kubeone up --dir D [--port N] [--controllers LIST] [--scheduler] [--stdinexit]
//	kubeone tether COMMAND ARGUMENT…    run a command that ends when stdin closes
//	kubeone kube-apiserver|kube-controller-manager|kube-scheduler …
package main

import (
	"fmt"
	"log"
	"os"

	"github.com/spf13/cobra"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

const usage = "usage: kubeone up|tether|kube-apiserver|kube-controller-manager|kube-scheduler …"

func component(command *cobra.Command, args []string) int {
	command.SetArgs(args)
	return cli.Run(command)
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("kubeone: ")
	if len(os.Args) < 2 {
		log.Fatal(usage)
	}
	rest := os.Args[2:]
	switch os.Args[1] {
	case "up":
		if err := up(rest); err != nil {
			log.Fatal(err)
		}
	case "tether":
		code, err := tether(rest)
		if err != nil {
			log.Fatal(err)
		}
		os.Exit(code)
	case "kube-apiserver":
		os.Exit(component(apiserver.NewAPIServerCommand(), rest))
	case "kube-controller-manager":
		os.Exit(component(controllers.NewControllerManagerCommand(), rest))
	case "kube-scheduler":
		os.Exit(component(scheduler.NewSchedulerCommand(), rest))
	default:
		fmt.Fprintln(os.Stderr, usage)
		os.Exit(2)
	}
}
