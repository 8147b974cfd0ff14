import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Drawer, Group, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { CustomSectionAnswer } from '../../../../shared/wire/custom-section.ts';
import { pathPart, send } from '../../../api-client.ts';
import { useSuggestedCode } from '../../../components/use-suggested-code.ts';
import { RefusedNote } from '../../../components/confirm-panel.tsx';
import { fieldsOf, formErrorsOf } from '../../../components/form-errors.ts';
import { saveReversible } from '../../../components/undo.ts';

interface CustomSectionPanelProps {
  readonly opened: boolean;
  readonly section: CustomSectionAnswer | null;
  readonly onClose: () => void;
}

interface SectionValues extends Record<string, unknown> {
  readonly name: string;
  readonly code: string;
  readonly display_name: string;
  readonly details: string;
  readonly applied_to_organization: boolean;
}

const PATH = '/api/v1/invoice_custom_sections';

/** Makes a section, or changes one. */
export function CustomSectionPanel({ opened, section, onClose }: CustomSectionPanelProps): JSX.Element {
  const { t } = useLingui();
  const form = useForm<SectionValues>({ mode: 'controlled', initialValues: valuesOf(section) });
  const suggestCode = useSuggestedCode(form, section === null);
  const save = useMutation({
    mutationFn: (values: SectionValues): Promise<unknown> =>
      section === null
        ? send('POST', PATH, { invoice_custom_section: values })
        : saveReversible('PUT', `${PATH}/${pathPart(section.code)}`, {
            body: { invoice_custom_section: values },
            message: t`Saved the section`,
          }),
    onSuccess: () => {
      onClose();
      form.reset();
    },
    onError: (error) => form.setErrors(formErrorsOf(fieldsOf(error))),
  });
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={section === null ? t`Add a section` : t`Edit the section`}
      onExitTransitionEnd={save.reset}
    >
      <form
        noValidate
        onSubmit={(event) => {
          // The panel stands inside the page's own form.
          event.stopPropagation();
          form.onSubmit((values) => save.mutate(values))(event);
        }}
      >
        <Stack>
          <TextInput
            label={t`Name`}
            required
            data-autofocus
            {...form.getInputProps('name')}
            onInput={(event) => {
              suggestCode(event.currentTarget.value);
            }}
          />
          <TextInput label={t`Code`} required classNames={{ input: 'code' }} {...form.getInputProps('code')} />
          <TextInput
            label={t`Heading`}
            description={t`Shown on documents; the name when it is left empty.`}
            {...form.getInputProps('display_name')}
          />
          <Textarea label={t`Text`} autosize minRows={4} maxRows={12} {...form.getInputProps('details')} />
          <Switch
            label={t`On the documents of everybody who chose none`}
            {...form.getInputProps('applied_to_organization', { type: 'checkbox' })}
          />
          {save.error !== null && Object.keys(fieldsOf(save.error)).length === 0 && <RefusedNote error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" loading={save.isPending}>
              {section === null ? <Trans>Add section</Trans> : <Trans>Save section</Trans>}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}

function valuesOf(section: CustomSectionAnswer | null): SectionValues {
  return {
    name: section?.name ?? '',
    code: section?.code ?? '',
    display_name: section?.display_name ?? '',
    details: section?.details ?? '',
    applied_to_organization: section?.applied_to_organization ?? true,
  };
}
