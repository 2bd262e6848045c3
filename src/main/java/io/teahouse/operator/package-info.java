/**
 * What an operator of the server can do, whatever way they come: one table of powers, the privileges that they need, and the audit log. IRC
 * commands, the admin port and the command line call {@link io.teahouse.operator.Powers}, and {@code store} implements the ports. It must not
 * know how an operator's request was written, and must never use a power without checking the privilege and writing to the audit log.
 */
@NullMarked
package io.teahouse.operator;

import org.jspecify.annotations.NullMarked;
