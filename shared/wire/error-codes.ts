/** The codes of `error_details`. Rule: api.md § 1 "Errors". No sentence is ever compared, only these. */
export const VALUE_IS_MANDATORY = 'value_is_mandatory';
export const VALUE_ALREADY_EXIST = 'value_already_exist';
export const VALUE_IS_INVALID = 'value_is_invalid';
export const VALUE_IS_OUT_OF_RANGE = 'value_is_out_of_range';
export const VALUE_IS_TOO_LONG = 'value_is_too_long';
export const INVALID_FORMAT = 'invalid_format';
export const INVALID_DATE = 'invalid_date';
export const INVALID_COUNT = 'invalid_count';
export const INVALID_VALUE = 'invalid_value';
export const INVALID_EMAIL_FORMAT = 'invalid_email_format';
export const URL_IS_INVALID = 'url_is_invalid';
export const NOT_A_VALID_COUNTRY_CODE = 'not_a_valid_country_code';
export const NOT_A_VALID_LANGUAGE_CODE = 'not_a_valid_language_code';
export const INVALID_TIMEZONE = 'invalid_timezone';

/** Errors that belong to no field stand under this key. */
export const BASE_FIELD = 'base';
