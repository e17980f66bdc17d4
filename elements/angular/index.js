/** Written by manifest/generate.mjs from the class comments. */
import * as angular from '@angular/core';

export class AuraClientProvider {
  static ɵfac = angular.ɵɵngDeclareFactory({
    minVersion: '14.0.0',
    version: '17.0.0',
    ngImport: angular,
    type: AuraClientProvider,
    deps: [],
    target: angular.ɵɵFactoryTarget.Directive,
  });
  static ɵdir = angular.ɵɵngDeclareDirective({
    minVersion: '14.0.0',
    version: '17.0.0',
    ngImport: angular,
    type: AuraClientProvider,
    isStandalone: true,
    selector: 'aura-client',
    inputs: {
      client: 'client',
      getToken: 'getToken',
      baseUrl: 'baseUrl',
      credentials: 'credentials',
      transport: 'transport',
    },
  });

  #element = angular.inject(angular.ElementRef).nativeElement;

  set client(value) {
    this.#element.client = value;
  }
  set getToken(value) {
    this.#element.getToken = value;
  }
  set baseUrl(value) {
    this.#element.baseUrl = value;
  }
  set credentials(value) {
    this.#element.credentials = value;
  }
  set transport(value) {
    this.#element.transport = value;
  }
}

export class AuraJobList {
  static ɵfac = angular.ɵɵngDeclareFactory({
    minVersion: '14.0.0',
    version: '17.0.0',
    ngImport: angular,
    type: AuraJobList,
    deps: [],
    target: angular.ɵɵFactoryTarget.Directive,
  });
  static ɵdir = angular.ɵɵngDeclareDirective({
    minVersion: '14.0.0',
    version: '17.0.0',
    ngImport: angular,
    type: AuraJobList,
    isStandalone: true,
    selector: 'aura-job-list',
    inputs: { client: 'client', jobIds: 'jobIds', baseUrl: 'baseUrl', filter: 'filter', lang: 'lang' },
  });

  #element = angular.inject(angular.ElementRef).nativeElement;

  set client(value) {
    this.#element.client = value;
  }
  set jobIds(value) {
    this.#element.jobIds = value;
  }
  set baseUrl(value) {
    this.#element.baseUrl = value;
  }
  set filter(value) {
    this.#element.filter = value;
  }
  set lang(value) {
    this.#element.lang = value;
  }
}

export class AuraJobProgress {
  static ɵfac = angular.ɵɵngDeclareFactory({
    minVersion: '14.0.0',
    version: '17.0.0',
    ngImport: angular,
    type: AuraJobProgress,
    deps: [],
    target: angular.ɵɵFactoryTarget.Directive,
  });
  static ɵdir = angular.ɵɵngDeclareDirective({
    minVersion: '14.0.0',
    version: '17.0.0',
    ngImport: angular,
    type: AuraJobProgress,
    isStandalone: true,
    selector: 'aura-job-progress',
    inputs: {
      variant: 'variant',
      label: 'label',
      cancellable: 'cancellable',
      client: 'client',
      jobId: 'jobId',
      baseUrl: 'baseUrl',
      announce: 'announce',
      lang: 'lang',
    },
  });

  #element = angular.inject(angular.ElementRef).nativeElement;

  set variant(value) {
    this.#element.variant = value;
  }
  set label(value) {
    this.#element.label = value;
  }
  set cancellable(value) {
    this.#element.cancellable = angular.booleanAttribute(value);
  }
  set client(value) {
    this.#element.client = value;
  }
  set jobId(value) {
    this.#element.jobId = value;
  }
  set baseUrl(value) {
    this.#element.baseUrl = value;
  }
  set announce(value) {
    this.#element.announce = value;
  }
  set lang(value) {
    this.#element.lang = value;
  }
}

export class AuraRenderStatus {
  static ɵfac = angular.ɵɵngDeclareFactory({
    minVersion: '14.0.0',
    version: '17.0.0',
    ngImport: angular,
    type: AuraRenderStatus,
    deps: [],
    target: angular.ɵɵFactoryTarget.Directive,
  });
  static ɵdir = angular.ɵɵngDeclareDirective({
    minVersion: '14.0.0',
    version: '17.0.0',
    ngImport: angular,
    type: AuraRenderStatus,
    isStandalone: true,
    selector: 'aura-render-status',
    inputs: {
      variant: 'variant',
      open: 'open',
      client: 'client',
      jobId: 'jobId',
      baseUrl: 'baseUrl',
      announce: 'announce',
      lang: 'lang',
    },
  });

  #element = angular.inject(angular.ElementRef).nativeElement;

  set variant(value) {
    this.#element.variant = value;
  }
  set open(value) {
    this.#element.open = angular.booleanAttribute(value);
  }
  set client(value) {
    this.#element.client = value;
  }
  set jobId(value) {
    this.#element.jobId = value;
  }
  set baseUrl(value) {
    this.#element.baseUrl = value;
  }
  set announce(value) {
    this.#element.announce = value;
  }
  set lang(value) {
    this.#element.lang = value;
  }
}

export const AURA_ELEMENTS = [AuraClientProvider, AuraJobList, AuraJobProgress, AuraRenderStatus];
