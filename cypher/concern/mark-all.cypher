// Marks every machine of a source, whatever changed.
MATCH (vm:VirtualMachine)
WHERE vm.source = $source
CALL (vm) {
  SET vm.evaluatedCatalogue = null, vm.evaluationDigest = null
} IN TRANSACTIONS OF 5000 ROWS
RETURN count(vm) AS marked
