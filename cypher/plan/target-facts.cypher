// What a target offers to the machines of a plan that goes to one namespace.
MATCH (k:KubernetesCluster {source: $target})
RETURN k {
  .source, .name, .kubevirtVersion, .cdiVersion, .featureGates,
  namespace: head(COLLECT {
    MATCH (k)-[:HAS_NAMESPACE]->(s:Namespace {name: $namespace})
    RETURN s { .phase, .podSecurity }
  }),
  networkAttachments: COLLECT {
    MATCH (k)-[:HAS_NAMESPACE]->(s:Namespace)<-[:IN_NAMESPACE]-(a:NetworkAttachment)
    RETURN a { .externalId, .name, namespace: s.name, .pluginType, .bridge, .vlanId, .topology,
               .physicalNetwork, .resourceName }
    ORDER BY a.externalId
  },
  storageClasses: COLLECT {
    MATCH (k)-[:HAS_STORAGE_CLASS]->(c:StorageClass)
    RETURN c { .name, .isDefault, .isVirtDefault, .claimPropertySets, .capacityBytes }
    ORDER BY c.name
  },
  nodes: COLLECT {
    MATCH (k)-[:HAS_NODE]->(n:Node)
    RETURN n { .name, .ready, .schedulable, .kvm, .architecture, .taints, .cpuAllocatableMillis,
               .memoryAllocatableBytes, .cpuRequestedMillis, .memoryRequestedBytes,
               .extendedResources }
    ORDER BY n.name
  },
  instanceTypes: COLLECT {
    MATCH (i:InstanceType)
    WHERE i.source = $target AND (i.clusterWide OR i.namespaceName = $namespace)
    RETURN i { .name, .clusterWide, .namespaceName, .cpuGuest, .memoryGuestBytes,
               .dedicatedCpuPlacement, .gpus }
    ORDER BY i.externalId
  },
  preferences: COLLECT {
    MATCH (p:Preference)
    WHERE p.source = $target AND (p.clusterWide OR p.namespaceName = $namespace)
    RETURN p { .name, .clusterWide, .namespaceName, .osType }
    ORDER BY p.externalId
  },
  quotas: COLLECT {
    MATCH (k)-[:HAS_NAMESPACE]->(:Namespace {name: $namespace})-[:HAS_QUOTA]->(q:ResourceQuota)
    RETURN q { .name, .hard, .used }
    ORDER BY q.name
  }
} AS target
