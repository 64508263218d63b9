MATCH (head:Setting {id: 'audit-head'})
RETURN head.sequence AS sequence, head.hash AS hash
