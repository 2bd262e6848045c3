/**
 * For tests of those who embed rooms: members of a room that a test speaks for, rooms and logs that do what the test says.
 *
 * <p>Tests of an application may call it, on the class path, with Akka's test kit for typed actors beside it; Teahouse's own tests
 * do. It must never need a framework for tests, and nothing but tests may call it.
 *
 * <ul>
 *   <li>With {@code ActorTestKit}: {@link TestRooms}, a directory of rooms; {@link TestClient}, a client that a script drives; {@link
 *       RunningRoom}, one room whose time passes when the test says so; {@link ProbeGuest}, a member in it.
 *   <li>With {@code BehaviorTestKit}: {@link TestRoom}, one room in the thread of the test; {@link InboxGuest}, a member in it.
 *   <li>Logs that fail, hang, are slow or lose what they have stored: {@link ScriptedLog}, {@link ScriptedLogs}; {@link TestLog}, for
 *       tests of a log.
 *   <li>Values: {@link Some}, {@link Transcript}, {@link MovableClock}.
 * </ul>
 */
package io.teahouse.testkit;
