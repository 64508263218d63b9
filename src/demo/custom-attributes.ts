/** Keys of the custom attributes that the estate defines. */
export const attributeKeys = { owner: 101, costCentre: 102, lastBackup: 103 } as const;

export const attributeNames: ReadonlyMap<number, string> = new Map([
  [attributeKeys.owner, 'owner'],
  [attributeKeys.costCentre, 'cost-centre'],
  [attributeKeys.lastBackup, 'Last Backup'],
]);
