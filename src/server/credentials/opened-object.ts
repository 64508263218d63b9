/** The fields of a value that was stored as an object; none where it is something else. */
export function openedObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
