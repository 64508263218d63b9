// Writing to the head takes its lock, so that entries are chained one after another by all servers.
MERGE (head:Setting {id: 'audit-head'})
ON CREATE SET head.sequence = 0, head.hash = '', head.mark = ''
SET head.touched = timestamp()
RETURN head.sequence AS sequence, head.hash AS hash, head.mark AS mark
