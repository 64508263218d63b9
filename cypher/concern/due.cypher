// Machines of a source whose evaluation is due.
MATCH (vm:VirtualMachine)
WHERE vm.source = $source AND coalesce(vm.evaluatedCatalogue, '') <> $catalogue
RETURN vm.id AS id
ORDER BY id
