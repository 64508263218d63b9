// Machines that have been evaluated.
MATCH (vm:VirtualMachine)
WHERE vm.evaluatedRevision >= 0
RETURN vm.id AS id
