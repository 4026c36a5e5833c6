import type { DataClass } from '../model/observation.js';

/** The languages that names of fields are known in. Chinese in characters and in pinyin, whole and by initials. */
export type FieldLanguage = 'en' | 'fr' | 'de' | 'es' | 'zh' | 'pinyin';

/** Names of one class in one language, separated by commas, words by spaces; accents and `ä` or `ae` make no difference. */
export interface FieldNames {
  /** Names that mean the class wherever they stand. */
  readonly strong?: string;
  /** Names that often mean it: certain where a person stands before them or above them. */
  readonly weak?: string;
  /** Names that mean it only where a person stands before them or above them: `customer.name`, and no other `name`. */
  readonly ofPerson?: string;
}

/** A class of data that is known by the names of its fields. */
export interface FieldClass {
  readonly id: DataClass;
  /** `sensitive`: law or industry asks for more care than for any personal data. */
  readonly sensitivity: 'personal' | 'sensitive';
  /** Where the class, and that it is sensitive, come from. */
  readonly sources: readonly string[];
  readonly names: Readonly<Partial<Record<FieldLanguage, FieldNames>>>;
}

const gdpr = (article: string): string => `Regulation (EU) 2016/679 (GDPR), ${article}`;
const pipl = 'Personal Information Protection Law of the PRC (PIPL), article 28';
const chinese = 'GB/T 35273-2020, annexes A and B (personal and sensitive personal information)';

/**
 * The classes, in the order in which a report names them. A name stands here because a law, a standard or a public data
 * model calls the thing so (`sources`); how well they find it is measured in docs/stake.md.
 */
export const fieldClasses: readonly FieldClass[] = [
  {
    id: 'person-name',
    sensitivity: 'personal',
    sources: [
      gdpr('article 4(1)'),
      'HL7 FHIR R4, HumanName',
      'RFC 6350 (vCard), FN and N',
      'OpenID Connect Core 1.0, section 5.1',
    ],
    names: {
      en: {
        strong:
          'first name, last name, full name, given name, given names, family name, middle name, middle names, maiden name, birth name, surname, surnames, forename, forenames, legal name, preferred name, name first, name last, name given, name family, name full, mother maiden name, cardholder name, name on card, beneficiary name, employee name, patient name, customer name, passenger name, kin name, cardholder',
        weak: 'nickname, nick name, alias name, initials, contact name, spouse, display name',
        ofPerson: 'name, names, title name, family, given',
      },
      fr: {
        strong:
          'prénom, prénoms, nom famille, nom de famille, nom complet, nom naissance, nom de naissance, nom usage, nom prénom, nom jeune fille, nom patronymique, nom marital, postnom',
        ofPerson: 'nom, noms',
      },
      de: {
        strong:
          'vorname, vornamen, nachname, familienname, geburtsname, rufname, ledigname, zuname, vor nachname, namenszusatz, kontoinhaber',
        weak: 'inhaber, ansprechpartner',
        ofPerson: 'namen',
      },
      es: {
        strong:
          'apellido, apellidos, nombre completo, nombre y apellidos, primer nombre, segundo nombre, primer apellido, segundo apellido, apellido paterno, apellido materno, nombres apellidos',
        weak: 'nombres',
        ofPerson: 'nombre',
      },
      zh: { strong: '姓名, 名字, 真实姓名, 曾用名, 联系人, 收件人, 收货人, 户主', weak: '姓氏, 昵称, 别名' },
      pinyin: {
        strong: 'xingming, zhenshixingming, xing ming, lianxiren, lxrxm, shoujianren, cengyongming, cym',
        weak: 'xm, lxr, nicheng, bieming',
      },
    },
  },
  {
    id: 'national-id',
    sensitivity: 'sensitive',
    sources: [
      gdpr('article 87'),
      pipl,
      chinese,
      'GB 11643-1999 (citizen identification number)',
      'ICAO Doc 9303 (travel documents)',
      'ISO/IEC 18013-1 (driving licence)',
      'names of the numbers: OECD, Tax Identification Numbers by jurisdiction; US SSA; AHV/AVS number (AHVG article 50c); NIR (décret 2019-341); DNI/NIE (Real Decreto 1553/2005); CURP, CPF, Aadhaar, NRIC, CNIC, CPR, BSN, PESEL, personnummer',
    ],
    names: {
      en: {
        strong:
          'national id, national identity, national identifier, national identification number, identity number, identity card, identity document, id card, idcard, id number, id document, id document number, ssn, social security, social security number, social insurance number, national insurance number, nino, tax file number, taxpayer id, taxpayer identification number, passport, passport number, driver licence, driver license, drivers license, driving licence, driving license, license number driver, aadhaar, aadhar, nric, hkid, cnic, cpr, cpr number, bsn, pesel, cpf, personnummer, codice fiscale, emirates id, voter id, certificate number person, citizen id, citizen number, resident id, residence permit, personal identification number, national number',
        weak: 'tax id, tin, personal number, certificate number, id no, document number, fiscal code, pan number, civil id',
      },
      fr: {
        strong:
          'nir, numéro sécurité sociale, numéro de sécurité sociale, sécurité sociale, num sécu, numéro sécu, no sécu, num ss, carte identité, carte nationale identité, cni, numéro cni, pièce identité, passeport, permis de conduire, numéro permis, titre de séjour, numéro fiscal',
        weak: 'numéro identité, no assuré',
      },
      de: {
        strong:
          'sozialversicherungsnummer, sozialversicherungsnr, svnummer, sv nummer, svnr, ahv nummer, ahv nr, ahvnummer, ahvn, ahv, personalausweis, personalausweisnummer, ausweisnummer, ausweisnr, ausweis nr, reisepass, reisepassnummer, reisepassnr, passnummer, passnr, pass nr, steuer id, steuerid, steueridentifikationsnummer, steuernummer, führerschein, führerscheinnummer, rentenversicherungsnummer, rvnr',
        weak: 'idnr, steuernr',
      },
      es: {
        strong:
          'dni, nie, nif, curp, cédula, cédula identidad, cédula de identidad, cédula ciudadanía, cuil, documento identidad, documento de identidad, número identidad, carnet identidad, pasaporte, número pasaporte, seguro social, número seguro social, seguridad social, licencia de conducir, licencia conducir, run chile',
        weak: 'rfc, rut, número documento, nss, documento',
      },
      zh: {
        strong:
          '身份证, 身份证号, 身份证号码, 公民身份号码, 证件号, 证件号码, 护照, 护照号, 驾驶证, 居民身份证, 社会保障号, 社保号, 身分證, 通行证号',
      },
      pinyin: {
        strong:
          'shenfenzheng, shenfenzhenghao, shenfenzhenghaoma, shenfenzhengid, sfz, sfzh, sfzhm, sfzhao, gmsfhm, gmsfzh, zjhm, zjhao, zhengjianhao, zhengjianhaoma, huzhao, huzhaohao, jiashizheng, shebaohao, qtzjhm',
        weak: 'zjh',
      },
    },
  },
  {
    id: 'birth-date',
    sensitivity: 'personal',
    sources: [gdpr('article 4(1)'), 'HL7 FHIR R4, Patient.birthDate', 'RFC 6350 (vCard), BDAY', chinese],
    names: {
      en: {
        strong:
          'birth date, birthdate, date of birth, date birth, dob, birthday, birth day, born on, year of birth, birth year, month of birth, birth month, bday',
        weak: 'birth, born, birth time, birthtime, yob',
      },
      fr: {
        strong:
          'date naissance, date de naissance, naissance date, né le, année naissance, année de naissance, jour naissance',
        weak: 'naissance, ddn',
      },
      de: { strong: 'geburtsdatum, geburtstag, geburtsjahr, gebdat, geb datum, gebdatum, geboren am', weak: 'geboren' },
      es: {
        strong:
          'fecha nacimiento, fecha de nacimiento, año nacimiento, año de nacimiento, cumpleaños, fec nac, fecha nac',
        weak: 'nacimiento',
      },
      zh: { strong: '出生日期, 生日, 出生年月, 出生年月日' },
      pinyin: { strong: 'chushengriqi, shengri, csrq, csny, chushengnianyue, chusheng' },
    },
  },
  {
    id: 'phone',
    sensitivity: 'personal',
    sources: [gdpr('article 4(1)'), 'RFC 6350 (vCard), TEL', 'ITU-T E.164 (MSISDN)', chinese],
    names: {
      en: {
        strong:
          'phone, phones, phone number, phonenumber, telephone, telephone number, mobile phone, mobile number, mobile no, cell phone, cellphone, cell number, msisdn, home phone, work phone, fax number, whatsapp, contact number, phone extension, tel number, calling number, called number, caller number, caller id, callee number',
        weak: 'mobile, tel, cell, fax, landline',
      },
      fr: {
        strong:
          'téléphone, numéro téléphone, numéro de téléphone, num tel, numéro tel, téléphone portable, tél portable, tél domicile',
        weak: 'portable',
      },
      de: {
        strong:
          'telefon, telefonnummer, telefonnr, telefonnum, handy, handynummer, handynr, mobilnummer, mobiltelefon, rufnummer, telefax, mobilnr, festnetz',
        weak: 'mobil, faxnummer',
      },
      es: {
        strong: 'teléfono, teléfonos, número teléfono, teléfono móvil, teléfono celular, número celular',
        weak: 'celular, móvil, tfno',
      },
      zh: { strong: '手机, 手机号, 手机号码, 电话, 电话号码, 联系电话, 联系方式, 電話, 手機' },
      pinyin: {
        strong:
          'shoujihao, shoujihaoma, shouji, sjhm, dianhua, dianhuahaoma, lianxidianhua, lxdh, lxrdh, dhhm, lianxifangshi, lxfs, sjh',
        weak: 'dh',
      },
    },
  },
  {
    id: 'email',
    sensitivity: 'personal',
    sources: [gdpr('article 4(1)'), 'RFC 6350 (vCard), EMAIL', 'OpenID Connect Core 1.0, section 5.1'],
    names: {
      en: {
        strong:
          'email, emails, e mail, email address, mail address, email addr, mailto, e mail address, email from address, email to address, email cc address, email bcc address, email sender address, email reply to address',
        weak: 'mail, mailbox',
      },
      fr: {
        strong: 'courriel, adresse courriel, adresse email, adresse mail, adresse électronique, mél',
        weak: 'messagerie',
      },
      de: { strong: 'emailadresse, mailadresse, email adresse, e mail adresse, mail adresse' },
      es: { strong: 'correo electrónico, dirección correo, dirección de correo', weak: 'correo' },
      zh: { strong: '邮箱, 电子邮箱, 电子邮件, 邮件地址, 電子郵件' },
      pinyin: { strong: 'youxiang, dianziyouxiang, dzyx, dianziyoujian' },
    },
  },
  {
    id: 'postal-address',
    sensitivity: 'personal',
    sources: [gdpr('article 4(1)'), 'HL7 FHIR R4, Address', 'RFC 6350 (vCard), ADR', 'ISO 19160-1', chinese],
    names: {
      en: {
        strong:
          'postal address, home address, street address, mailing address, shipping address, billing address, delivery address, residential address, residence address, street, street name, street line, house number, address line, address street, address city, address zip, address postal code, address country, address state, address region, address district, zip code, zipcode, postal code, postcode, post code, address text, city village, live address, work address, permanent address, current address, domicile address, address locality, street number, po box, post office box, apartment number, address details',
        weak: 'address, addresses, zip, city, suburb, county district, place of residence, residence, domicile, locality, village, neighborhood, address town, town, live place, domicile place, municipality',
      },
      fr: {
        strong:
          'adresse postale, code postal, adresse domicile, rue, adresse livraison, adresse facturation, adresse rue, numéro rue, lieu dit, complément adresse',
        weak: 'adresse, ville, commune, domicile, cp',
      },
      de: {
        strong:
          'anschrift, strasse, straße, hausnummer, hausnr, postleitzahl, plz, wohnort, wohnadresse, adresszusatz, adressgebiet, adressergänzung, postadresse, lieferadresse, rechnungsadresse, ortsteil, postfach',
        weak: 'adresse, ort, wohnsitz, stadt, gemeinde',
      },
      es: {
        strong:
          'domicilio, calle, código postal, dirección postal, dirección domicilio, dirección particular, dirección envío, número exterior',
        weak: 'dirección, ciudad, localidad, municipio, colonia',
      },
      zh: {
        strong: '住址, 家庭住址, 户籍地址, 居住地址, 通讯地址, 收货地址, 详细地址, 邮编, 邮政编码, 户籍地, 现住址',
        weak: '地址, 籍贯, 户籍',
      },
      pinyin: {
        strong:
          'zhuzhi, jiatingzhuzhi, jiatingdizhi, hujidizhi, huji, hjdz, jzdz, xzdz, txdz, jtdz, jtzz, zhudizhi, youbian, yzbm, xiangxidizhi, xxdz, xxdzms, hujidi, juzhudi, tongxundizhi',
        weak: 'dizhi, zz, dz, jiguan, jg',
      },
    },
  },
  {
    id: 'health',
    sensitivity: 'sensitive',
    sources: [
      gdpr('articles 4(15) and 9(1)'),
      pipl,
      chinese,
      'HL7 FHIR R4, Patient, Condition, Observation',
      'WHO ICD-10, ICD-11',
      'US HIPAA, 45 CFR 160.103',
    ],
    names: {
      en: {
        strong:
          'diagnosis, diagnoses, icd, icd code, diagnosis code, medical record, medical record number, mrn, medical history, medical condition, medical conditions, health code, health insurance, health insurance number, health care number, blood type, blood group, bloodtype, bloodgroup, blood pressure, bloodpressure, heart rate, allergy, allergies, prescription, prescriptions, medication, medications, vaccination, vaccine, vaccinated, immunization, immunisation, disability, disabilities, pregnancy, pregnant, hiv, hiv status, covid, covid test, test result covid, pcr result, nucleic acid, lab result, laboratory result, symptom, symptoms, disease, diseases, illness, cause of death, patient id, patient number, patient identifier, surgery, surgeries, hospitalization, hospitalisation, body temperature, bmi, clinical notes, treatment plan, insured number, medicare number, nhs number, sick days, sick leave, mental health, patient history, addiction, drug use, respiration',
        weak: 'health status, patient, pulse, treatment, treatments, physician, doctor, hospital, ward, condition code, vital signs, body weight, body height, cpt code, npi',
        ofPerson: 'condition, weight, height, procedure, dose',
      },
      fr: {
        strong:
          'id patient, numéro patient, maladie, maladies, pathologie, pathologies, groupe sanguin, g sanguin, antécédents, antécédents médicaux, antécédant, allergie, ordonnance, ordonnances, médecin traitant, dossier médical, numéro dossier médical, assurance maladie, no assurance maladie, carte vitale, vaccin, état de santé, arrêt maladie, mutuelle, grossesse, symptômes, diagnostic médical',
        weak: 'diagnostic, médecin, hospitalisation, traitement médical',
      },
      de: {
        strong:
          'diagnose, diagnosen, diagnosecode, erkrankung, erkrankungen, krankheit, krankheiten, vorerkrankungen, krankenkasse, krankenversicherung, krankenversicherungsnummer, krankenversichertennummer, versichertennummer, versichertennr, kvnr, blutgruppe, allergien, medikation, medikament, medikamente, krankmeldung, krankheitstage, impfung, impfstatus, schwerbehinderung, behinderung, patientennummer, patientennr, befund, befunde, schwangerschaft, arztbrief',
        weak: 'arzt, hausarzt, patienten',
      },
      es: {
        strong:
          'diagnóstico, diagnósticos, enfermedad, enfermedades, patología, grupo sanguíneo, alergias, alergia, id paciente, número paciente, historia clínica, historial médico, número historia clínica, receta médica, medicamento, medicamentos, vacuna, vacunas, discapacidad, embarazo, síntomas, obra social, tipo de sangre, tipo sangre',
        weak: 'médico, tratamiento',
      },
      zh: {
        strong:
          '健康码, 诊断, 病历, 病历号, 疾病, 病史, 血型, 过敏史, 过敏, 核酸, 核酸结果, 疫苗, 用药, 处方, 检查结果, 体温, 残疾, 医保, 医保号, 患者, 病人, 门诊, 住院',
      },
      pinyin: {
        strong:
          'jiankangma, jiankang, zhenduan, bingli, binglihao, jibing, bingshi, xuexing, guomin, guominshi, hesuan, hesuanjieguo, yimiao, chufang, yibaohao, huanzhe, menzhen, zhuyuan, tiwen, jkm, canji',
        weak: 'zd',
      },
    },
  },
  {
    id: 'location',
    sensitivity: 'personal',
    sources: [gdpr('article 4(1)'), pipl, 'W3C Geolocation API', 'Elastic Common Schema, geo fields'],
    names: {
      en: {
        strong:
          'latitude, longitude, geo city name, geo city, geo postal code, last known location, gps, gps location, gps position, gps coordinates, geo location, geolocation, home location, current location, location history, user location, device location, geo point, cell tower, cell id, checkin location, geo lat, geo lon, geo lng, geo longitude, geo latitude, location lat, location lon, location lng, location latitude, location longitude, location coordinates, position lat, position lon, coordinates lat, coordinates lon, geo coordinates, lat lon, lat lng',
        weak: 'lat, lon, lng, coordinates, coords, geohash, whereabouts',
        ofPerson: 'location, position',
      },
      fr: { strong: 'géolocalisation, coordonnées gps, position gps', weak: 'localisation' },
      de: { strong: 'breitengrad, längengrad, aufenthaltsort, gps koordinaten', weak: 'standort, koordinaten' },
      es: {
        strong: 'latitud, longitud gps, geolocalización, ubicación gps, coordenadas gps, última ubicación',
        weak: 'ubicación, coordenadas',
      },
      zh: { strong: '经度, 纬度, 经纬度, 位置信息, 定位', weak: '位置' },
      pinyin: { strong: 'jingdu, weidu, jingweidu, dingwei', weak: 'weizhi' },
    },
  },
  {
    id: 'travel',
    sensitivity: 'sensitive',
    sources: [pipl, 'Directive (EU) 2016/681 (passenger name records), annex I', 'ICAO Doc 9944 (PNR)'],
    names: {
      en: {
        strong:
          'passenger, passengers, pnr, pnr code, record locator, boarding pass, itinerary, frequent flyer, frequent flyer number, visa number, visa expiry, seat assignment, hotel stay, border crossing, entry port, travel history, travel document, ticket number passenger, trip history, passenger id',
        weak: 'flight number, flight no, flight num, seat number, visa, booking reference, reservation number, check in date, check out date, travel date, departure date, destination city, trip, meal preference, hotel',
      },
      fr: {
        strong: 'passager, passagers, itinéraire voyage, carte embarquement, numéro visa',
        weak: 'voyage, numéro vol, vol',
      },
      de: {
        strong: 'passagier, fluggast, reiseziel, bordkarte, visumnr, visum nr, visumnummer, reiseverlauf',
        weak: 'flugnummer, visum',
      },
      es: {
        strong: 'pasajero, pasajeros, tarjeta embarque, número visado',
        weak: 'número vuelo, visado, viaje, vuelo',
      },
      zh: { strong: '航班, 航班号, 行程, 旅客, 乘客, 出入境, 签证, 签证号, 车票, 入住, 轨迹, 行踪' },
      pinyin: {
        strong: 'hangban, hangbanhao, xingcheng, lvke, chengke, churujing, qianzheng, guiji, qzhm, ruzhu',
        weak: 'chepiao',
      },
    },
  },
  {
    id: 'payment-card',
    sensitivity: 'sensitive',
    sources: ['PCI DSS v4.0.1, requirement 3 (account data)', 'ISO/IEC 7812-1 (primary account number)', pipl],
    names: {
      en: {
        strong:
          'credit card, creditcard, credit card number, debit card, card number, cardnumber, card no, cc number, cc num, ccnumber, payment card, primary account number, cvv, cvc, card cvv, card expiry, card expiration, card exp month, card exp year, track data, card pan, credit card last, card last, masked pan, cardholder, card holder, expiration card',
        weak: 'card, pan, card token, card bin, card fingerprint',
      },
      fr: {
        strong: 'carte bancaire, carte de crédit, carte crédit, numéro carte bancaire, cryptogramme visuel',
        weak: 'numéro carte',
      },
      de: {
        strong: 'kreditkarte, kreditkartennummer, kreditkartennr, kartennummer, kartenprüfnummer',
        weak: 'kartennr',
      },
      es: {
        strong:
          'tarjeta crédito, tarjeta de crédito, número tarjeta, tarjeta débito, número de tarjeta, tarjeta bancaria',
      },
      zh: { strong: '信用卡, 信用卡号, 卡有效期' },
      pinyin: { strong: 'xinyongka, xinyongkahao' },
    },
  },
  {
    id: 'bank-account',
    sensitivity: 'sensitive',
    sources: ['ISO 13616-1 (IBAN)', 'ISO 9362 (BIC)', pipl, chinese],
    names: {
      en: {
        strong:
          'iban, bank account, bank account number, bankaccount, account number bank, bic, swift, swift code, bic swift, routing number, sort code, aba routing, account holder, direct debit, bank card, bankcard, bank card number, creditor iban, debtor iban, salary, gross salary, net salary, wage, wages, income annual, credit score, alipay, wechat pay',
        weak: 'account number, account no, acct no, acct number, income, bank name, bank code',
      },
      fr: {
        strong: 'rib, compte bancaire, numéro compte bancaire, numéro de compte, coordonnées bancaires, salaire',
        weak: 'numéro compte',
      },
      de: {
        strong:
          'bankkonto, kontonummer, kontonr, bankverbindung, bankleitzahl, bank konto, bank iban, konto iban, gehalt',
        weak: 'blz, konto',
      },
      es: {
        strong: 'cuenta bancaria, número cuenta, número de cuenta, clabe, cbu, cuenta corriente, salario, sueldo',
        weak: 'cuenta',
      },
      zh: { strong: '银行卡, 银行卡号, 银行账号, 银行账户, 开户行, 工资' },
      pinyin: { strong: 'yinhangka, yinhangkahao, yhkh, yinhangzhanghao, kaihuhang, gongzi', weak: 'yhzh' },
    },
  },
  {
    id: 'credential',
    sensitivity: 'sensitive',
    sources: ['NIST SP 800-63B (authenticators)', 'RFC 6749 (OAuth 2.0 tokens)', gdpr('article 32')],
    names: {
      en: {
        strong:
          'password, passwords, passwd, pwd, password hash, hashed password, passwordhash, encrypted password, pass phrase, passphrase, user password, secret key, client secret, api key, apikey, api token, api secret, access token, accesstoken, refresh token, auth token, authentication token, bearer token, id token, private key, privatekey, access key, access key secret, secret access key, session token, otp secret, totp secret, two factor secret, mfa secret, security question, security answer, recovery code, recovery codes, backup codes, login password, credentials, password salt, pin code, reset token, remember token, passcode, ssh key, authorization header, csrf token, encryption key',
        weak: 'secret, token, credential, pin, otp, session id, sessionid, session key, cookie, cookies, authorization, jwt, salt, bearer',
      },
      fr: { strong: 'mot de passe, mot passe, motdepasse, mdp, clé privée, clé api' },
      de: { strong: 'passwort, kennwort, passworthash, passwort hash', weak: 'schlüssel geheim, geheimnis' },
      es: { strong: 'contraseña, contrasenia, clave acceso, clave de acceso, clave privada', weak: 'clave' },
      zh: { strong: '密码, 登录密码, 口令, 密钥', weak: '令牌' },
      pinyin: { strong: 'mima, denglumima, kouling', weak: 'miyao' },
    },
  },
  {
    id: 'police-court',
    sensitivity: 'sensitive',
    sources: [gdpr('article 10'), 'Directive (EU) 2016/680', chinese],
    names: {
      en: {
        strong:
          'criminal record, criminal history, criminal records, police case, police report, police record, police station, court case, court case number, case handling unit, case category, brief case, arrest, arrests, arrest date, arrest history, arrested, conviction, convictions, offence, offences, offense, offenses, charges filed, charge code, suspect, suspects, victim, victims, defendant, plaintiff, prison, prison term, prisoner, inmate, inmate number, warrant, warrant number, sentence length, in custody, custody status, parole, parole officer, probation officer, crime, crimes, crime type, felony, fugitive, wanted person, crime scene, detainee, legal number, verdict, officer badge, offender',
        weak: 'case number, case no, case id, charges, custody, weapon, witness, lawsuit, court, judge, incident officer',
      },
      fr: {
        strong:
          'casier judiciaire, infraction pénale, condamnation, condamnations, garde à vue, procès verbal, numéro pv, plainte, plaignant, mis en cause, suspect, victime, dossier judiciaire, détenu, délit',
        weak: 'infraction, tribunal, jugement',
      },
      de: {
        strong:
          'straftat, straftaten, vorstrafe, vorstrafen, strafregister, führungszeugnis, beschuldigter, tatverdächtiger, tatverdacht, haftbefehl, strafverfahren, häftling, verurteilung, tatvorwurf, geschädigter, delikt',
        weak: 'aktenzeichen, anzeige polizei, gericht, opfer',
      },
      es: {
        strong:
          'antecedentes penales, delito, delitos, detenido, imputado, condena, expediente judicial, expediente policial, víctima, sospechoso, orden de captura, recluso, denunciante',
        weak: 'denuncia, expediente, juzgado',
      },
      zh: {
        strong:
          '案件, 案件编号, 案由, 案情, 嫌疑人, 犯罪, 犯罪记录, 前科, 违法, 违法记录, 刑期, 报警, 警情, 受害人, 被告, 原告, 派出所, 在逃, 拘留, 判决',
      },
      pinyin: {
        strong:
          'anjian, anjianbianhao, anjianhao, ajbh, anqing, jyaq, xianyiren, fanzui, qianke, weifa, wfjl, wfqk, paichusuo, baojing, jingqing, zaitao, juliu, shouhairen, zagj, sfzy, beigao, swztqk',
        weak: 'anyou, xyr, ajlb, ab',
      },
    },
  },
  {
    id: 'religion',
    sensitivity: 'sensitive',
    sources: [gdpr('article 9(1)'), pipl],
    names: {
      en: {
        strong:
          'religion, religious belief, religious beliefs, religious affiliation, religious denomination, faith, church membership, baptism, baptised',
        weak: 'denomination, parish',
      },
      fr: { strong: 'confession religieuse, croyance, croyances, religieuse', weak: 'confession, paroisse' },
      de: { strong: 'konfession, religionszugehörigkeit, kirchensteuer, kirchenzugehörigkeit, glaube, bekenntnis' },
      es: { strong: 'religión, creencia religiosa, creencias, confesión religiosa' },
      zh: { strong: '宗教, 宗教信仰' },
      pinyin: { strong: 'zongjiao, zongjiaoxinyang, zjxy' },
    },
  },
  {
    id: 'ethnicity',
    sensitivity: 'sensitive',
    sources: [gdpr('article 9(1)'), 'GB/T 3304-1991 (ethnic groups of China)'],
    names: {
      en: {
        strong: 'ethnicity, ethnic group, ethnic origin, ethnic, racial origin, skin color, skin colour, tribe, caste',
        weak: 'race',
      },
      fr: { strong: 'ethnie, origine ethnique, groupe ethnique' },
      de: { strong: 'ethnie, ethnische herkunft, ethnische zugehörigkeit, volkszugehörigkeit, hautfarbe' },
      es: { strong: 'etnia, grupo étnico, origen étnico', weak: 'raza' },
      zh: { strong: '民族, 族别' },
      pinyin: { strong: 'minzu, mzdm, mzmc', weak: 'mz' },
    },
  },
  {
    id: 'politics',
    sensitivity: 'sensitive',
    sources: [gdpr('article 9(1): political opinions, trade union membership'), 'GB/T 4762-1984 (political status)'],
    names: {
      en: {
        strong:
          'political party, political affiliation, political opinion, political opinions, political views, political status, party membership, party affiliation, trade union, trade union membership, union membership, voter registration, voted for',
        weak: 'party member',
      },
      fr: {
        strong:
          'parti politique, opinion politique, opinions politiques, syndicat, appartenance syndicale, affiliation syndicale',
      },
      de: {
        strong:
          'parteizugehörigkeit, parteimitgliedschaft, politische partei, politische meinung, gewerkschaft, gewerkschaftszugehörigkeit',
        weak: 'partei',
      },
      es: { strong: 'partido político, afiliación política, opinión política, sindicato, afiliación sindical' },
      zh: { strong: '政治面貌, 党员, 入党' },
      pinyin: { strong: 'zhengzhimianmao, zzmm, dangyuan, rudang' },
    },
  },
  {
    id: 'biometric',
    sensitivity: 'sensitive',
    sources: [gdpr('articles 4(14) and 9(1)'), pipl, 'ISO/IEC 19794 (biometric data interchange)', 'ISO/IEC 39794'],
    names: {
      en: {
        strong:
          'fingerprint image, fingerprint template, fingerprints, finger print, biometric, biometrics, biometric template, biometric data, face image, face embedding, face embeddings, face encoding, face template, face id, facial recognition, facial features, face photo, iris scan, iris template, retina scan, voiceprint, voice print, dna, dna profile, dna sample, genome, genotype, genetic data, portrait, passport photo, mugshot, id photo, palm print, palm vein, person photo, profile photo, body marker',
        weak: 'avatar, photo, photos, selfie, profile image, profile picture, signature image, iris',
        ofPerson: 'image, picture, fingerprint, face',
      },
      fr: {
        strong:
          'empreinte digitale, empreintes digitales, biométrie, biométrique, photo identité, reconnaissance faciale, portrait, visage',
        weak: 'empreintes',
      },
      de: {
        strong:
          'fingerabdruck, fingerabdrücke, biometrie, biometrisch, passfoto, passbild, lichtbild, gesichtserkennung, porträt',
      },
      es: {
        strong:
          'huella digital, huella dactilar, huellas dactilares, biometría, datos biométricos, reconocimiento facial, retrato',
        weak: 'huella, foto',
      },
      zh: { strong: '指纹, 人脸, 面部, 虹膜, 声纹, 照片, 头像, 掌纹, 基因' },
      pinyin: { strong: 'zhiwen, renlian, hongmo, shengwen, zhaopian, touxiang, zwbh, xrzwbh, jiyin', weak: 'zp' },
    },
  },
  {
    id: 'minor',
    sensitivity: 'sensitive',
    sources: [gdpr('article 8, recital 38'), pipl],
    names: {
      en: {
        strong:
          'child name, child first name, child last name, children names, child birth date, child date of birth, child dob, guardian name, guardian, guardians, legal guardian, parental consent, parent phone, parent email, is minor, minor name, school grade, kindergarten, pupil, pupil name, infant, underage, number of children, child id, children',
        weak: 'child, minor flag, school name, student grade, is child',
      },
      fr: {
        strong:
          'nom enfant, prénom enfant, représentant légal, responsable légal, tuteur légal, autorité parentale, mineur, élève, nom parent',
        weak: 'enfant, enfants, nombre enfants',
      },
      de: {
        strong:
          'minderjährig, erziehungsberechtigter, erziehungsberechtigte, vormund, kindername, name kind, schüler, kinderzahl, sorgeberechtigter',
        weak: 'kind, kinder, schulklasse',
      },
      es: {
        strong:
          'menor de edad, nombre hijo, tutor legal, nombre tutor, patria potestad, alumno menor, nombre del menor',
        weak: 'hijos, menor',
      },
      zh: { strong: '未成年, 未成年人, 监护人, 儿童, 子女, 学生姓名, 幼儿' },
      pinyin: { strong: 'weichengnian, jianhuren, ertong, zinv, jhrxm', weak: 'jhr' },
    },
  },
  {
    id: 'device',
    sensitivity: 'personal',
    sources: [
      gdpr('article 4(1), recital 30 (online identifiers)'),
      '3GPP TS 23.003 (IMEI, IMSI)',
      'Elastic Common Schema, device and client fields',
      chinese,
    ],
    names: {
      en: {
        strong:
          'imei, imsi, iccid, meid, device id, deviceid, device identifier, device serial, device serial number, android id, idfa, idfv, gaid, advertising id, ad id, mac address, macaddress, mac addr, device mac, wifi mac, wifi ssid, bluetooth mac, browser fingerprint, device fingerprint, push token, device token, fcm token, udid, client ip address, user ip, user ip address, login ip, ip of user, sim number, sim serial, phone model, license plate, licence plate, plate number, number plate, vehicle plate, vin number, vehicle identification number',
        weak: 'client ip, clientip, remote ip, remote addr, remote address, source ip, src ip, ip address, ipaddress, ip addr, x forwarded for, forwarded ip, user agent, useragent, user agent original, client mac, source mac, host mac, device name, device model, plate, vin, last login ip, registration ip, session ip, qq, wechat id, c ip',
      },
      fr: {
        strong: 'adresse mac, immatriculation, plaque immatriculation, numéro immatriculation',
        weak: 'adresse ip',
      },
      de: {
        strong: 'gerätenummer, kennzeichen kfz, kfz kennzeichen, fahrgestellnummer, mac adresse, gerätekennung',
        weak: 'kennzeichen, ip adresse, kfz',
      },
      es: { strong: 'matrícula vehículo, dirección mac, placa vehículo', weak: 'dirección ip, matrícula' },
      zh: { strong: '设备号, 设备标识, 车牌, 车牌号', weak: '微信' },
      pinyin: { strong: 'shebeihao, chepai, chepaihao, cphm', weak: 'weixin' },
    },
  },
];

const byId: ReadonlyMap<DataClass, FieldClass> = new Map(fieldClasses.map((of) => [of.id, of]));

/** Whether law or industry asks for more care for it than for any personal data. */
export function isSensitive(id: DataClass): boolean {
  return byId.get(id)?.sensitivity === 'sensitive';
}

/** Words for persons: what is called a name or an address after one of them is theirs. */
export const persons: readonly string[] = [
  'person persons people individual customer customers consumer subscriber patient patients employee employees staff worker',
  'student students pupil citizen citizens resident passenger passengers guest guests member members applicant applicants',
  'candidate contact contacts recipient beneficiary borrower debtor creditor payer payee cardholder tenant insured policyholder',
  'author buyer seller shipper consignee billing shipping lead voter driver suspect victim defendant witness inmate prisoner',
  'doctor physician nurse teacher mother father parent parents spouse wife husband child children guardian relative kin emergency',
  'personne personnes individu clients salarie salaries employe employes assure assures eleve etudiant beneficiaire adherent',
  'destinataire conducteur mere pere conjoint enfant abonne titulaire',
  'kunde kunden kundin mitarbeiter mitarbeiterin personal personen versicherter versicherte schuler patientin mitglied mitglieder',
  'empfanger mieter bewerber antragsteller einwohner burger mutter vater heimat rechnung besteller',
  'persona personas cliente clientes paciente pacientes empleado empleados trabajador alumno alumnos estudiante ciudadano usuario',
  'titular beneficiario pasajero madre padre hijo conyuge solicitante',
  'kehu yonghu renyuan huanzhe xuesheng yuangong',
].flatMap((line) => line.split(' '));

/** Things that have names and addresses of their own: what is called so after one of them is no person's. */
export const things: readonly string[] = [
  'file filename folder directory path host hostname server node cluster index indices shard field column table database db schema',
  'domain dns zone url uri web site page service app application component module plugin package library function method class',
  'type event action rule policy pattern template pipeline process thread task job queue topic stream bucket object key tag label',
  'group role team organization organisation company vendor brand product item article sku category store shop project repo branch',
  'container image pod namespace deployment cloud region zone instance machine vm os kernel device disk volume partition interface',
  'network subnet vpc port protocol certificate issuer subject alias monitor agent observer sensor metric span trace log logger',
  'dataset source destination client upstream backend proxy gateway peer listener bind publish memory wallet contract block',
  'ip mac email mail hardware hw remote local target forwarded nat transport http tls user login display short long code variable',
  'parameter param attribute property header cookie query question answer test build version release license model view report',
  'id geo geoip place lieu ville pays lugar dashboard form input button menu channel campaign program course room building airport station carrier bank account currency',
  'fichier hote serveur domaine produit projet table index groupe societe entreprise utilisateur magasin',
  'datei rechner produkt projekt gruppe firma benutzer feld tabelle dienst server',
  'archivo servidor producto proyecto grupo empresa usuario campo tabla dominio tienda marca',
  'wenjian zhuji yonghu chanpin gongsi xiangmu yuming',
].flatMap((line) => line.split(' '));

/** Small words that join others and say nothing themselves. */
export const joiningWords: readonly string[] =
  'of the for and de du des la le les l d del los las el y et von der die das und zu im am en a'.split(' ');

/** What may stand after a name without changing what it is: the form of a value, or a small word. */
export const neutralEndings: readonly string[] = [
  'number numbers no nr num id ids value values text raw keyword string str code codes data info details detail list array native',
  'hash hashed encrypted enc masked plain original orig full complete primary secondary main alternate alternative other home work',
  'private business office mobile old new current previous permanent temporary first last one two line a b en de fr es zh cn',
  'description display name names title note notes remark remarks english latin local normalized norm lower clean search sort',
  'hao haoma ma bianhao mingcheng xinxi numero nummer nombre nom',
  'exp expiry month year last4 digits suffix prefix zone',
].flatMap((line) => line.split(' '));

/** What stands after or before a name that is about the thing, not the thing: how long, how many, whether, of what kind. */
export const aboutWords: readonly string[] = [
  'count counts counter length len size total totals sum sent received delivered opened bounced status state verified verification',
  'confirmed enabled disabled valid validated validity invalid required optional template templates format version policy domain',
  'domains server host hostname port provider subject body queue service type types kind score ratio rate average avg min max median',
  'updated changed modified created expires expired flag optin consent error errors failed failure failures attempts attempt latency',
  'duration bytes path filename file url uri field fields column index schema pattern regex rule rules source mode level limit',
  'algorithm strength visibility preference estimated is has num nb missing exists present available unique distinct matched match',
  'hits cached config configuration setting settings parser handler manager validator module plugin table cluster node shard bucket',
  'metric metrics histogram percentile percent pct threshold retry retries timeout interval ttl rotation usage quota request response',
  'ms seconds millis micros nanos sequence offset dataset ingest pipeline engine endpoint interface protocol',
  'anzahl typ lange statut longueur taille nombre_de estado tipo longitud_de cantidad',
].flatMap((line) => line.split(' '));

/** Chinese words that hold one of the names above and are none of them. */
export const innocentChinese: readonly string[] = [
  '文件名',
  '用户名',
  '主机名',
  '域名',
  '商品名称',
  '公司名称',
  '产品名称',
  '表名',
  '类名',
  '索引名',
  'IP地址',
  '网址',
  '网络地址',
  '联系人数',
  '电话次数',
  '设备状态',
  '位置编号',
];
