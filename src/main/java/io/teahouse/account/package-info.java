/**
 * Accounts: registration, login by password and SCRAM, changes of passwords, limits on attempts; the ports to the store.
 *
 * <p>Any package above may call {@link io.teahouse.account.Accounts}, from any thread; it answers later and never blocks.
 * This package must never know a connection, or a protocol other than SCRAM, and must never log or store a password.
 */
package io.teahouse.account;
