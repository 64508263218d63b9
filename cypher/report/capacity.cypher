MATCH (cluster:Cluster)
WHERE cluster.id > '' AND ($source IS NULL OR cluster.source = $source)
WITH cluster
ORDER BY cluster.id
CALL (cluster) {
  MATCH (cluster)-[:HAS_HOST]->(host:Host)
  RETURN
    count(host) AS hosts,
    sum(host.cpuCores) AS cores,
    sum(host.cpuCores * host.cpuMHz) AS frequency,
    sum(host.memoryBytes) AS memory
}
CALL (cluster) {
  MATCH (cluster)-[:HAS_HOST]->(:Host)<-[:RUNS_ON]-(vm:VirtualMachine)
  RETURN
    count(vm) AS machines,
    sum(CASE vm.powerState WHEN 'poweredOn' THEN 1 ELSE 0 END) AS running,
    sum(vm.cpuCount) AS cpus,
    sum(vm.memoryMB) AS configured,
    sum(vm.hostMemoryUsageMB) AS used,
    sum(vm.diskCapacityBytes) AS disks,
    sum(vm.committedBytes) AS committed
}
RETURN
  [
    cluster.name,
    cluster.source,
    hosts,
    cores,
    coalesce(cluster.cpuTotalMHz, frequency),
    coalesce(cluster.memoryTotalBytes, memory),
    machines,
    running,
    cpus,
    CASE cores WHEN 0 THEN null ELSE round(toFloat(cpus) / cores, 2) END,
    configured,
    used,
    disks,
    committed,
    cluster.id
  ] AS cells
