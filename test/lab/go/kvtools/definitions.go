package main

import (
	"os"

	admission "k8s.io/api/admissionregistration/v1"
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

func printDefinitions() error {
	for _, make := range definitions {
		definition, err := make()
		if err != nil {
			return err
		}
		if err = printYAML(definition); err != nil {
			return err
		}
	}
	return nil
}

// printWebhooks prints KubeVirt's webhook configurations, pointed at a virt-api that runs outside
// the cluster instead of at its Service.
func printWebhooks(url, caFile string) error {
	authority, err := os.ReadFile(caFile)
	if err != nil {
		return err
	}
	outside := func(config *admission.WebhookClientConfig) {
		address := url + *config.Service.Path
		config.URL, config.Service, config.CABundle = &address, nil, authority
	}
	validating := components.NewVirtAPIValidatingWebhookConfiguration("kubevirt")
	for i := range validating.Webhooks {
		outside(&validating.Webhooks[i].ClientConfig)
	}
	mutating := components.NewVirtAPIMutatingWebhookConfiguration("kubevirt")
	for i := range mutating.Webhooks {
		outside(&mutating.Webhooks[i].ClientConfig)
	}
	if err = printYAML(validating); err != nil {
		return err
	}
	return printYAML(mutating)
}
