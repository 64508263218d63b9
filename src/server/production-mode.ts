/**
 * Libraries look for this word when they are loaded, so this file has to be imported before all
 * others. Without it graphql checks every value of an answer for a second copy of itself, which
 * costs a third of the time that it takes.
 */
process.env.NODE_ENV ??= 'production';
