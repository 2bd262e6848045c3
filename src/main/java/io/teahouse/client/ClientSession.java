package io.teahouse.client;

import akka.actor.typed.javadsl.ActorContext;
import akka.util.ByteString;
import io.teahouse.room.EventType;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.IdGenerator;
import io.teahouse.room.Metadata;
import io.teahouse.room.Mode;
import io.teahouse.room.ModeChange;
import io.teahouse.room.Nick;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.Profile;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.Place;
import io.teahouse.user.UserDirectory;
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What one {@link ClientActor} does for its dialect: who the client is, what it says, and what it asks of registry,
 * directory, archive and rooms. Puts the parts together that know how; {@link ClientAnswers} gives each answer to the one
 * that waits for it. Runs in that actor.
 */
final class ClientSession implements Session {
    private final Services services;
    private final Life life;
    private final Dialect dialect;
    private final Awaited awaited;
    private final ClientRooms rooms;
    private final ClientPerson person;
    private final Questions questions;
    private final ClientSpeech speech;
    private final ClientPast past;
    private final ClientMarkers markers;
    private final ClientInquiries inquiries;
    private final ClientAnswers answers;
    private int noteBytes;

    ClientSession(
            ActorContext<Object> context,
            Services services,
            Dialect dialect,
            Life life,
            Peer peer,
            Allowance allowance) {
        this.services = services;
        this.life = life;
        this.dialect = dialect;
        this.awaited = new Awaited(context, allowance.reads());
        this.rooms = new ClientRooms(context, services, dialect, this, life, this::opener, this::show);
        this.person = new ClientPerson(context, services, dialect, this, peer, rooms, awaited);
        this.questions = new Questions(
                context,
                services,
                rooms,
                found -> person.nick().ifPresent(me -> rooms.arrivals().enter(found, me)),
                this::opener);
        this.speech = new ClientSpeech(context, services, dialect, this, person, rooms, questions, awaited);
        this.past = new ClientPast(services, person, awaited);
        this.markers = new ClientMarkers(services, person, awaited);
        this.inquiries = new ClientInquiries(services, rooms, questions, awaited);
        this.answers = new ClientAnswers(dialect, this, person, rooms, questions, speech);
    }

    private RoomDirectory.Opener opener() {
        return person.opener();
    }

    /** Changes what others may see of the client without being told. */
    private void show(UnaryOperator<UserSnapshot> change) {
        person.publish(change, 0);
    }

    ClientRooms rooms() {
        return rooms;
    }

    ClientPerson person() {
        return person;
    }

    /** Where answers go. */
    ClientAnswers answers() {
        return answers;
    }

    /** True while the next line has to wait for an answer, or for the rest of the request. */
    boolean isAwaiting() {
        return isUnanswered() || awaited.isAnyPutOff();
    }

    private boolean isUnanswered() {
        return awaited.isAny() || rooms.isAwaiting() || !questions.isEmpty();
    }

    /** About how many bytes of answers the request has received and not written yet. */
    int answerBytes() {
        return awaited.answerBytes(isAwaiting());
    }

    /** About how many bytes there are of what is noted about the client. */
    int noteBytes() {
        return noteBytes;
    }

    /** Does what was put off, as far as that can be. */
    void goOn() {
        awaited.goOn(() -> !isUnanswered() && rooms.outstanding() == 0);
    }

    // Who the client is

    @Override
    public Optional<Nick> nick() {
        return person.nick();
    }

    @Override
    public Profile profile() {
        return person.profile();
    }

    @Override
    public boolean isSecure() {
        return person.isSecure();
    }

    @Override
    public Optional<UserSnapshot> user() {
        return person.user();
    }

    @Override
    public Login login() {
        return person.login();
    }

    @Override
    public UserDirectory users() {
        return services.users();
    }

    @Override
    public void claim(String name) {
        person.claim(name);
    }

    @Override
    public void enter(Runnable then) {
        person.enter(() -> {
            life.entered();
            then.run();
        });
    }

    @Override
    public void changeProfile(Profile to) {
        person.changeProfile(to);
    }

    @Override
    public void setMode(UserMode mode, boolean set) {
        person.setMode(mode, set);
    }

    @Override
    public void changeMetadata(Map<String, String> changes) {
        if (user().isPresent()) {
            long cause = IdGenerator.process().next();
            person.publish(me -> me.withMetadataChanged(changes), cause);
            rooms.tellMetadata(changes, cause);
            noteBytes = user().map(me -> (int) Metadata.bytes(me.metadata())).orElse(0);
        }
    }

    @Override
    public void watch(String key) {
        person.watch(key);
    }

    @Override
    public void unwatch(String key) {
        person.unwatch(key);
    }

    // The connection

    @Override
    public void write(ByteString bytes) {
        life.write(bytes);
    }

    @Override
    public void separateWrites() {
        life.separateWrites();
    }

    @Override
    public void quit(String text) {
        life.quit(text);
    }

    @Override
    public void cutOff(String reason) {
        life.cutOff(reason);
    }

    // Rooms

    @Override
    public List<Place> places() {
        return person.places();
    }

    @Override
    public boolean isIn(RoomName room) {
        return rooms.isIn(room);
    }

    @Override
    public String partner(RoomName conversation) {
        return rooms.witness()
                .partner(conversation)
                .filter(name -> past.isPartner(conversation, name))
                .orElseGet(() -> past.partner(conversation));
    }

    @Override
    public void join(RoomName room, String key) {
        nick().ifPresent(me -> (key.isEmpty()
                        ? Optional.<String>empty()
                        : person.login().whyNoKey())
                .ifPresentOrElse(
                        why -> rooms.arrivals().refuse(room, me, new Refusal(Refusal.Reason.BAD_KEY, why)),
                        () -> rooms.arrivals().join(room, key, me)));
    }

    @Override
    public void part(RoomName room, String text) {
        rooms.part(room, text);
    }

    @Override
    public void say(RoomName room, OutgoingMessage words) {
        speech.say(room, words);
    }

    @Override
    public void whisper(UserSnapshot to, OutgoingMessage words) {
        speech.whisper(to, words);
    }

    @Override
    public void signal(RoomName room, OutgoingMessage words) {
        speech.signal(room, words);
    }

    @Override
    public void signal(UserSnapshot to, OutgoingMessage words) {
        speech.signal(to, words);
    }

    @Override
    public void setTopic(RoomName room, String text) {
        rooms.act(room, me -> new RoomActor.SetTopic(me.ref(), text, me.replyTo()));
    }

    @Override
    public void redact(RoomName room, String id, String reason) {
        if (room.isConversation() && !rooms.isIn(room)) { // to ask there brings the client in
            inquiries.history(room, HistoryRange.latest(0), EventType.ALL, reply -> redactHere(room, id, reason));
        } else {
            redactHere(room, id, reason);
        }
    }

    private void redactHere(RoomName room, String id, String reason) {
        rooms.act(room, me -> new RoomActor.Redact(me.ref(), id, reason, me.replyTo()));
    }

    @Override
    public void kick(RoomName room, Nick target, String text) {
        rooms.act(room, me -> new RoomActor.Kick(me.ref(), target, text, me.replyTo()));
    }

    @Override
    public void renameRoom(RoomName room, RoomName to, String reason) {
        rooms.act(room, me -> new RoomActor.RenameRoom(me.ref(), to, reason, me.replyTo()));
    }

    @Override
    public void setModes(RoomName room, List<ModeChange> changes) {
        String account = profile().account();
        if (account.isEmpty() || changes.stream().noneMatch(ClientSession::isRegistration)) {
            setModesNow(room, changes);
            return;
        }
        awaited.ask(
                services.rooms(),
                RoomDirectory.Registration.class,
                replyTo -> new RoomDirectory.MayRegister(room, account, opener().address(), replyTo),
                services.settings().answerTimeout(),
                answer -> registering(room, changes, answer));
    }

    private static boolean isRegistration(ModeChange change) {
        return change.set() && change.mode() == Mode.REGISTERED;
    }

    private void setModesNow(RoomName room, List<ModeChange> changes) {
        rooms.act(room, me -> new RoomActor.SetModes(me.ref(), changes, me.replyTo()));
    }

    /** Sets the other values in any case. */
    private void registering(RoomName room, List<ModeChange> changes, Optional<RoomDirectory.Registration> answer) {
        Optional<Refusal> refusal = answer.isEmpty()
                ? Optional.of(Questions.doesNotAnswer(room))
                : answer.get().refusal();
        if (refusal.isEmpty()) {
            setModesNow(room, changes);
            return;
        }
        List<ModeChange> others =
                changes.stream().filter(change -> !isRegistration(change)).toList();
        if (!others.isEmpty()) {
            setModesNow(room, others);
        }
        RoomActor.Asking asked =
                new RoomActor.SetModes(rooms.me().ref(), changes, rooms.me().replyTo());
        dialect.refused(this, new RoomReply.Refused(room, asked, refusal.get()));
    }

    // What is asked

    @Override
    public RoomQuestions ask() {
        return inquiries;
    }

    @Override
    public Past past() {
        return past;
    }

    @Override
    public Markers markers() {
        return markers;
    }

    // The rest of a request

    @Override
    public void whenRead(Runnable step) {
        life.whenRead(awaited.step(step));
    }

    @Override
    public void afterwards(Runnable step) {
        awaited.putOff(step);
    }

    @Override
    public <T> void compute(Supplier<T> work, Consumer<T> then) {
        awaited.compute(work, then);
    }

    // The end

    /** The rooms are told, then everybody who looks for him; then the name is free. */
    void end(Departure how, String text) {
        rooms.leaveAll(how, text, IdGenerator.process().next());
        questions.cancel();
        awaited.cancel();
        person.leave();
    }
}
