package main

import (
	extensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"

	"kubevirt.io/kubevirt/pkg/virt-operator/resource/generate/components"
)

var definitions = []func() (*extensions.CustomResourceDefinition, error){
	components.NewKubeVirtCrd,
	components.NewVirtualMachineCrd,
	components.NewVirtualMachineInstanceCrd,
	components.NewVirtualMachineInstanceMigrationCrd,
	components.NewVirtualMachineInstancetypeCrd,
	components.NewVirtualMachineClusterInstancetypeCrd,
	components.NewVirtualMachinePreferenceCrd,
	components.NewVirtualMachineClusterPreferenceCrd,
	components.NewVirtualMachineSnapshotCrd,
	components.NewVirtualMachineSnapshotContentCrd,
	components.NewVirtualMachineRestoreCrd,
	components.NewVirtualMachineExportCrd,
	components.NewVirtualMachineCloneCrd,
	components.NewVirtualMachinePoolCrd,
	components.NewMigrationPolicyCrd,
	components.NewReplicaSetCrd,
	components.NewPresetCrd,
}

// printManifests prints what KubeVirt's operator would install for its API.
func printManifests() error {
	for _, make := range definitions {
		definition, err := make()
		if err != nil {
			return err
		}
		if err = printManifest(definition); err != nil {
			return err
		}
	}
	if err := printManifest(components.NewVirtAPIValidatingWebhookConfiguration("kubevirt")); err != nil {
		return err
	}
	return printManifest(components.NewVirtAPIMutatingWebhookConfiguration("kubevirt"))
}
