/**
 * What makes a Java machine that lives for seconds cheap: it compiles less.
 * The product's own choice is for one that runs for months.
 */
export const quickJava = { JAVA_TOOL_OPTIONS: '-XX:TieredStopAtLevel=1' };
