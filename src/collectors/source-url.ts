import { z } from 'zod';

/**
 * The address of a source as a person writes it: a URL, or a host that is taken to speak HTTPS.
 *
 * @param protocols those that the source may be spoken to over, as `https:`.
 * @param otherProtocol what is said of any other.
 */
export const sourceUrl = (protocols: readonly string[], otherProtocol: string) =>
  z
    .string()
    .trim()
    .min(1)
    .max(2048)
    .transform((text, context) => {
      const withScheme = /^[a-z][a-z0-9+.-]*:\/\//iu.test(text) ? text : `https://${text}`;
      if (!URL.canParse(withScheme)) {
        context.addIssue({ code: 'custom', message: 'not a host name or URL' });
        return z.NEVER;
      }
      const url = new URL(withScheme);
      if (!protocols.includes(url.protocol)) {
        context.addIssue({ code: 'custom', message: otherProtocol });
        return z.NEVER;
      }
      if (url.username !== '' || url.password !== '') {
        context.addIssue({ code: 'custom', message: 'give user name and password as own fields' });
        return z.NEVER;
      }
      return url;
    });
