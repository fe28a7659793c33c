// Events may be missed while the line is down, so every (re)connection begins with fetching everything anew.

const RETRY_MS = 2000;

/**
 * Follow api/events for as long as the page lives.
 * `onOpen` runs at each connection, `onLost` when it drops, `onEvent` with each parsed event.
 */
export function follow({ onOpen, onLost, onEvent }) {
  const source = new EventSource("api/events");
  source.onopen = onOpen;
  source.onmessage = (event) => onEvent(JSON.parse(event.data));
  source.onerror = () => {
    onLost();
    if (source.readyState === EventSource.CLOSED) retryLater({ onOpen, onLost, onEvent });
  };
}

// A browser gives up for good on an answer that is no event stream, such as a proxy's 502.
function retryLater(handlers) {
  setTimeout(() => follow(handlers), RETRY_MS);
}
