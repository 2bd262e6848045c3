package io.teahouse;

import java.lang.reflect.Proxy;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP. The JDK has had one way to be told of it for twenty years, in a package that javac warns of whatever is done;
 * so it is called by name.
 */
final class Hangup {
    private Hangup() {}

    /** From now on, {@code then} is run for each SIGHUP. Where there is no such signal, nothing happens. */
    static void handle(Runnable then) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Hangup.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            then.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy);
        } catch (ReflectiveOperationException e) {
            LoggerFactory.getLogger(Hangup.class).info("SIGHUP is not noticed here: {}", e.toString());
        }
    }
}
