"""What handlers may ask for with `work.need(Type)`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import config
from bot.chat.messenger import Messenger
from bot.engine.abilities import Abilities, FileDoor
from bot.engine.router import Router
from bot.engine.texts import Texts
from config.settings import Office, Settings
from handlers import FEATURES
from handlers.calendar import WorkingCalendar
from handlers.calendar.office import working_calendar
from handlers.files import uncarried
from handlers.files.tokens import PublicAddress
from handlers.people.official import MailDomains
from storage.columns import Secrets
from storage.keyring import KeyRing
from storage.vault import Vault

CONFIG = Path(config.__file__).parent


def kit_of(settings: Settings, messengers: Mapping[str, Messenger]) -> Mapping[type[Any], Any]:
    """Each thing by its type."""
    return {
        Router: Router(FEATURES),
        Texts: Texts(CONFIG / "texts", settings.data_dir / "texts"),
        Office: settings.office,
        WorkingCalendar: working_calendar(settings),
        Abilities: Abilities(messengers),
        FileDoor: FileDoor(uncarried.instead),
        MailDomains: MailDomains(settings.mail.domain_list if settings.mail.host else ()),
        Secrets: Secrets(KeyRing(settings.keys)),
        PublicAddress: PublicAddress(settings.web.public_url),
        Vault: Vault(settings.data_dir / "vault", KeyRing(settings.keys)),
    }
