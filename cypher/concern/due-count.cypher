// How many machines of a source wait for their evaluation.
MATCH (vm:VirtualMachine)
WHERE vm.source = $source AND coalesce(vm.evaluatedCatalogue, '') <> $catalogue
RETURN count(vm) AS due
