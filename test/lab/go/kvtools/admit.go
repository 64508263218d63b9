package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	extensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/client-go/tools/cache"
	"sigs.k8s.io/yaml"

	core "kubevirt.io/api/core/v1"
	kvlog "kubevirt.io/client-go/log"
	"kubevirt.io/kubevirt/pkg/defaults"
	network "kubevirt.io/kubevirt/pkg/network/admitter"
	"kubevirt.io/kubevirt/pkg/util/webhooks"
	"kubevirt.io/kubevirt/pkg/virt-api/webhooks/validating-webhook/admitters"
	virtconfig "kubevirt.io/kubevirt/pkg/virt-config"
	"kubevirt.io/kubevirt/pkg/virt-config/featuregate"
)

// errRefused says that at least one machine was refused; the verdicts are already printed.
var errRefused = errors.New("refused")

type verdict struct {
	File    string             `json:"file"`
	Name    string             `json:"name"`
	Allowed bool               `json:"allowed"`
	Causes  []meta.StatusCause `json:"causes,omitempty"`
	Error   string             `json:"error,omitempty"`
}

// clusterless is the configuration that KubeVirt's admitters read from informers, filled by hand.
func clusterless(gates []string) (*virtconfig.ClusterConfig, error) {
	informer := func(object runtime.Object) cache.SharedIndexInformer {
		return cache.NewSharedIndexInformer(&cache.ListWatch{}, object, 0, cache.Indexers{cache.NamespaceIndex: cache.MetaNamespaceIndexFunc})
	}
	installation := &core.KubeVirt{ObjectMeta: meta.ObjectMeta{Name: "kubevirt", Namespace: "kubevirt", ResourceVersion: "1"}}
	installation.Spec.Configuration.DeveloperConfiguration = &core.DeveloperConfiguration{FeatureGates: gates}
	installation.Status.Phase = core.KubeVirtPhaseDeployed
	installation.Status.DefaultArchitecture = "amd64"
	installations, crds := informer(&core.KubeVirt{}), informer(&extensions.CustomResourceDefinition{})
	if err := installations.GetStore().Add(installation); err != nil {
		return nil, err
	}
	dataVolume := &extensions.CustomResourceDefinition{}
	dataVolume.Spec.Names.Kind = "DataVolume"
	if err := crds.GetStore().Add(dataVolume); err != nil {
		return nil, err
	}
	return virtconfig.NewClusterConfigWithCPUArch(crds, installations, "kubevirt", "amd64")
}

func admit(config *virtconfig.ClusterConfig, raw []byte) (v verdict) {
	if response := webhooks.ValidateSchema(core.VirtualMachineGroupVersionKind, raw); response != nil {
		v.Error = response.Result.Message
		if response.Result.Details != nil {
			v.Causes = response.Result.Details.Causes
		}
		return v
	}
	machine := core.VirtualMachine{}
	if err := json.Unmarshal(raw, &machine); err != nil {
		v.Error = err.Error()
		return v
	}
	v.Name = machine.Name
	if machine.Spec.Template == nil {
		v.Error = "spec.template missing"
		return v
	}
	spec := &machine.Spec.Template.Spec
	if err := defaults.SetDefaultVirtualMachineInstanceSpec(config, spec); err != nil {
		v.Error = err.Error()
		return v
	}
	path := field.NewPath("spec")
	if developer := config.GetConfig().DeveloperConfiguration; developer != nil {
		v.Causes = append(v.Causes, featuregate.ValidateFeatureGates(developer.FeatureGates, spec)...)
	}
	v.Causes = append(v.Causes, network.NewValidator(path, spec, config).ValidateCreation()...)
	v.Causes = append(v.Causes, admitters.ValidateVirtualMachineSpec(path, &machine.Spec, config, false)...)
	v.Allowed = len(v.Causes) == 0
	return v
}

func readManifest(file string) ([]byte, error) {
	var text []byte
	var err error
	if file == "-" {
		text, err = io.ReadAll(os.Stdin)
	} else {
		text, err = os.ReadFile(file)
	}
	if err != nil {
		return nil, err
	}
	return yaml.YAMLToJSON(text)
}

// admitFiles prints one JSON verdict a file.
func admitFiles(args []string) error {
	gates := flag.String("gates", "", "feature gates, comma separated")
	if err := flag.CommandLine.Parse(args); err != nil {
		return err
	}
	kvlog.InitializeLogging("admit")
	config, err := clusterless(strings.FieldsFunc(*gates, func(r rune) bool { return r == ',' }))
	if err != nil {
		return err
	}
	refused := false
	for _, file := range flag.CommandLine.Args() {
		raw, err := readManifest(file)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		v := admit(config, raw)
		v.File = file
		refused = refused || !v.Allowed
		if err = json.NewEncoder(os.Stdout).Encode(v); err != nil {
			return err
		}
	}
	if refused {
		return errRefused
	}
	return nil
}
