// Machines that were marked, but of which nothing that rules read is different.
UNWIND $ids AS id
MATCH (vm:VirtualMachine {id: id})
SET vm.evaluatedIn = $evaluatedIn, vm.evaluatedCatalogue = $catalogue
RETURN count(vm) AS machines
