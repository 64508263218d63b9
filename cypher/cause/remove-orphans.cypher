// Causes that hold no machine any more, a limited number at a time.
MATCH (cause:Cause)
WHERE NOT EXISTS { (cause)<-[:HELD_BY]-(:VirtualMachine) }
WITH cause
LIMIT $limit
DETACH DELETE cause
RETURN count(*) AS removed
