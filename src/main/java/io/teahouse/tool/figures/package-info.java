/**
 * Measures this server beside others, and writes the figures as a page with pictures. Only the command line uses it, through
 * {@link io.teahouse.tool.figures.FiguresCommand}. Load comes from the command {@code load} in a process of its own, except for TLS connections and searches; this package must never
 * import the server, and it ends every process that it has started.
 */
package io.teahouse.tool.figures;
