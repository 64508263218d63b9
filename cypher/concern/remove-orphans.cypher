// Rules that fire on no machine any more.
MATCH (concern:Concern)
WHERE NOT EXISTS { (concern)<-[:HAS_CONCERN]-(:VirtualMachine) }
DETACH DELETE concern
RETURN count(*) AS removed
