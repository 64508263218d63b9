/**
 * Last parts of vSphere's field names, in lower case, whose texts are words of the source: states,
 * classes, versions, hardware. Everything else may hold a name that somebody gave. What `map` tells
 * apart by its words has to be here.
 */
export const technicalFields: ReadonlySet<string> = new Set(
  [
    '$type', 'activenic', 'addresstype', 'apitype', 'apiversion', 'backingtype', 'biosversion',
    'boottime', 'build', 'cardinality', 'changeversion', 'childtype', 'compatibilitymode',
    'configversion', 'connectionstate', 'cpumodel', 'createdate', 'createtime', 'currentevcmodekey',
    'defaultdpmbehavior', 'defaultvmbehavior', 'device', 'deviceid', 'direction', 'diskmode', 'driver',
    'filesystemtype', 'firmware', 'fullname', 'guestfullname', 'guestheartbeatstatus', 'guestid',
    'gueststate', 'hostmonitoring', 'id', 'label', 'level', 'luntype', 'maintenancemode', 'model',
    'netstackinstancekey', 'nicdevice', 'nictype', 'opaquenetworktype', 'operation',
    'operationalstate', 'origin', 'ostype', 'overallstatus', 'pci', 'policy', 'portkey', 'porttype',
    'powerstate', 'productlineid', 'protocol', 'scaledescendantsshares', 'sharedbus', 'sharing',
    'standbynic', 'state', 'status', 'timestamp', 'toolsrunningstatus', 'toolsstatus', 'toolsversion',
    'toolsversionstatus', 'toolsversionstatus2', 'type', 'vendor', 'version', 'vgpu', 'vmmonitoring',
  ], // prettier-ignore
);
