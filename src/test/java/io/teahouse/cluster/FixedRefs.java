package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import java.util.HashMap;
import java.util.Map;

/** Writes references by the same paths in each run. */
final class FixedRefs extends ActorRefResolver {
    private static final String PATH = "akka://teahouse@127.0.0.1:25520/user/"; // as it is for Pekko, too
    private final Map<String, ActorRef<?>> actors = new HashMap<>();

    FixedRefs(ActorRef<?>... all) {
        for (ActorRef<?> each : all) {
            actors.put(toSerializationFormat(each), each);
        }
    }

    @Override
    public <T> String toSerializationFormat(ActorRef<T> ref) {
        return PATH + ref.path().name();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> ActorRef<T> resolveActorRef(String path) {
        if (!actors.containsKey(path)) {
            throw new IllegalArgumentException("no actor " + path);
        }
        return (ActorRef<T>) actors.get(path);
    }
}
