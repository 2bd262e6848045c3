/**
 * Runs rooms, their directory, their log and their users in one thread, in an order that a seed decides, and checks what must hold
 * whatever happens. Only tests may call it. It must not use threads, the system's time or random numbers other than those of the
 * seed: a seed has to replay exactly; see {@code doc/simulation.md}.
 */
@org.jspecify.annotations.NullMarked
package io.teahouse.simulation;
