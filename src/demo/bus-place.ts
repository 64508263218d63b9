/** Disks that a paravirtual SCSI controller takes beside itself. */
const perController = 63;
/** The controller's own place on its bus. */
const ownUnit = 7;

/** Bus and unit of a machine's disk by its place in the list of disks. */
export function placeOnBus(place: number): { readonly bus: number; readonly unit: number } {
  const onBus = place % perController;
  return { bus: Math.floor(place / perController), unit: onBus < ownUnit ? onBus : onBus + 1 };
}
