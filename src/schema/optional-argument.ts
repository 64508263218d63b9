/** Options of an argument that may be left out; it is null then, so that there is one way to be given nothing. */
export const optional = { nullable: true, defaultValue: null } as const;
