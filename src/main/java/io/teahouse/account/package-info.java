/**
 * Who is who: accounts, how they are registered, and how somebody shows that one is his; the ports to where they are kept.
 *
 * <p>Anybody may call {@link io.teahouse.account.Accounts}, from any thread; it answers later and never blocks. It must
 * never know a connection or a protocol beyond SCRAM's messages, and never write a password anywhere.
 */
package io.teahouse.account;
