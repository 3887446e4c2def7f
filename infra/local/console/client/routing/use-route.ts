/** The view that the address bar asks for; a change of view is titled, scrolled to its top and focused. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Route, readRoute, titleOf } from './route.ts';

/** Id of the heading of each view, which takes the focus when the view is entered. */
export const VIEW_HEADING = 'view';

export function useRoute(): Route {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  const entered = useRef(placeOf(route));
  useEffect(() => {
    const changed = (): void => setRoute(readRoute(location.hash));
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  useEffect(() => {
    document.title = `${titleOf(route)} · Trailgate`;
    const place = placeOf(route);
    // The page as it is opened leaves the focus to the browser, and another search leaves it to who types.
    if (entered.current === place) return;
    entered.current = place;
    scrollTo(0, 0);
    document.getElementById(VIEW_HEADING)?.focus({ preventScroll: true });
  }, [route]);
  return route;
}

function placeOf(route: Route): string {
  switch (route.view) {
    case 'request':
      return `request ${route.id}`;
    case 'finding':
      return `finding ${route.index} ${route.id}`;
    case 'unknown':
      return `unknown ${route.path}`;
    default:
      return route.view;
  }
}
